"""What crosses the border as data, and what arrives."""

from __future__ import annotations

from collections import OrderedDict, defaultdict

import numpy as np
import pytest

from grader.sandbox.codec import Decoder, Encoder
from grader.sandbox.wire import HandleNode


def crossed(value: object) -> object:
    encoder = Encoder(keep=lambda _: 7)
    node = encoder.node(value)
    sizes, pieces = encoder.body()
    return Decoder(sizes, bytearray(b"".join(pieces)), lambda handle: handle).value(node)


def test_an_ordered_dict_arrives_as_a_dict_in_its_order() -> None:
    got = crossed(OrderedDict([("weight", np.ones((2, 3))), ("bias", np.zeros(2))]))
    assert type(got) is dict
    assert list(got) == ["weight", "bias"]
    assert got["weight"].shape == (2, 3)


def test_other_kinds_of_dict_stay_behind() -> None:
    class Sly(OrderedDict):  # type: ignore[type-arg]
        def items(self):  # type: ignore[no-untyped-def]
            raise AssertionError("code of the submission ran while its answer was written")

    for value in (defaultdict(int), Sly(a=1)):
        assert isinstance(crossed(value), HandleNode)


def test_a_state_dict_arrives() -> None:
    torch = pytest.importorskip("torch")
    layer = torch.nn.Linear(3, 2)
    got = crossed(layer.state_dict())
    assert isinstance(got, dict)
    assert list(got) == ["weight", "bias"]
    assert torch.equal(got["weight"], layer.weight)
