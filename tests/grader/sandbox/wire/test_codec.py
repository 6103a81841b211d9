"""Values across the border: what crosses, as what, and what no honest peer would send."""

from __future__ import annotations

import math
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judge.comparing.wording import short
from grader.sandbox.wire import nodes as wire
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder, kind_name
from grader.sandbox.wire.nodes import HandleNode, Malformed, Node, Remote, TooLarge
from grader.sandbox.wire.values import identical


def over(value: Any, keep: Callable[[object], int] | None = None) -> Any:
    """A value as it arrives on the other side, by way of real bytes."""
    encoder = Encoder(keep)
    node = encoder.node(value)
    sizes, pieces = encoder.body()
    header = msgspec.msgpack.encode(node)
    arrived = msgspec.msgpack.decode(header, type=Node)  # type: ignore[arg-type]
    return Decoder(sizes, bytearray(b"".join(pieces)), lambda handle: handle).value(arrived)


def stays(value: Any) -> HandleNode:
    """The handle that a value crosses as."""
    kept: list[object] = []
    got = over(value, lambda thing: kept.append(thing) or len(kept))
    assert isinstance(got, HandleNode)
    assert kept == [value] if not isinstance(value, np.ndarray) else kept[0] is value
    return got


PLAIN = [
    None, True, False, 0, -1, 2**63 - 1, -(2**63), 2**63, -(2**64), 2**5000, 0.5, -0.0, math.inf,
    3 + 4j, "", "text ∂ẏ", b"", b"bytes\0", [], [1, [2.0, [None]]], (), (1, ("x",)), {},
    {"a": 1, 2: (3,), (4, 5): [6]}, np.float32(0.1), np.int8(-3), np.bool_(True), np.complex64(1j),
    np.float64(2.5), np.dtype("<f4"), np.dtype(bool), np.str_("ẏ"), np.str_(""), np.bytes_(b"a"),
    np.dtype("<U3"),
]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=lambda value: short(value, 40))
def test_plain_values_arrive_as_they_are(value: Any) -> None:
    got = over(value)
    assert type(got) is type(value)
    assert got == value
    assert short(got) == short(value)


def test_nan_arrives() -> None:
    assert math.isnan(over(math.nan))
    assert math.isnan(over(complex(0, math.nan)).imag)


dtypes = st.sampled_from(
    ["f8", ">f8", "f4", "f2", "i1", ">i4", "u8", "c16", "?", "g", "U2", ">U3", "S2"]
)


@st.composite
def arrays(draw: st.DrawFn) -> Any:
    """Arrays of any layout: views, steps, reversals, transposes, broadcasts, no entries."""
    shape = draw(st.lists(st.integers(0, 4), max_size=3))
    count = math.prod(shape)
    array = (np.arange(count) % 2).astype(draw(dtypes)).reshape(shape)
    if draw(st.booleans()):
        array = np.asfortranarray(array)
    for axis in range(array.ndim):
        step = draw(st.sampled_from([1, 1, 2, -1]))
        array = array[(slice(None),) * axis + (slice(None, None, step),)]
    if draw(st.booleans()):
        array = array.T
    if draw(st.booleans()):
        array = np.broadcast_to(array, (2, *array.shape))
    if draw(st.booleans()):
        array.flags.writeable = False
    return array


@given(arrays())
def test_arrays_arrive_as_they_are(array: Any) -> None:
    got = over(array)
    assert type(got) is np.ndarray
    assert (got.dtype, got.shape) == (array.dtype, array.shape)
    assert got.tobytes() == array.tobytes()
    assert got.flags.writeable == array.flags.writeable
    if array.size > 1:
        big = [n > 1 for n in array.shape]
        assert [s for s, b in zip(got.strides, big, strict=True) if b] == [
            s for s, b in zip(array.strides, big, strict=True) if b
        ]


def test_views_of_one_memory_share_it_on_the_other_side() -> None:
    base = np.arange(12.0).reshape(3, 4)
    whole, row, same, other = over((base, base[1], base, np.arange(12.0)))
    whole[1, 0] = 99.0
    assert row[0] == 99.0
    assert same[1, 0] == 99.0
    assert not np.shares_memory(whole, other)
    assert whole.flags.owndata or whole.base is not None


def test_a_view_alone_brings_its_memory_only_where_that_is_small() -> None:
    """A step of a small array keeps its strides; a corner of a huge one is copied."""
    small = over(np.arange(8.0)[::2])
    assert small.strides == (16,)
    encoder = Encoder()
    encoder.node(np.zeros((3000, 3000))[:2, :2])
    assert encoder.size < 1000


def test_a_column_of_a_table_arrives_without_what_stands_beside_it() -> None:
    """Beside it may stand objects, of which there is nothing but their addresses."""
    for dtype in ("f8", "O"):
        table = np.zeros(3, [("x", "f8"), ("y", dtype)])
        table["x"] = [1, 2, 3]
        got = over(table["x"])
        assert got.dtype == "f8"
        assert got.tolist() == [1, 2, 3]


@pytest.mark.parametrize("size", [1, 4096, 4097, 100_000])
def test_arrays_of_any_size_lie_side_by_side(size: int) -> None:
    first, second = np.arange(size, dtype="u1"), np.arange(size, dtype="i8")
    got = over([first, second])
    assert identical(got, [first, second])


def test_fortran_order_arrives() -> None:
    got = over(np.asfortranarray(np.arange(6.0).reshape(2, 3)))
    assert got.flags.f_contiguous
    assert got.tolist() == [[0, 1, 2], [3, 4, 5]]
    first, second = over((got, got))
    assert np.shares_memory(first, second)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (object(), "object"),
        ({1}, "set"),
        (print, "builtin_function_or_method"),
        (np.array(["a\ud800"]), "numpy.ndarray of dtype <U2, not text"),
        (np.str_("\ud800"), "str (not text)"),
        (np.array(["a"], object), "numpy.ndarray of dtype object"),
        (np.array([None]), "numpy.ndarray of dtype object"),
        (np.array("2027", "M8[D]"), "numpy.ndarray of dtype datetime64[D]"),
        (np.broadcast_to(0.0, (1 << 13, 1 << 12)), "too large to read"),
        (np.zeros(1).view(np.recarray), "numpy.rec.recarray"),
        (1 << 300_000, "int (300,001 bits)"),
        ("x" * 300_000, "str (300,000 characters)"),
        (b"x" * 300_000, "bytes (300,000 of them)"),
        ("\ud800", "str (not text)"),
        (dict.fromkeys(range(257)), "dict of 257"),
        (np.dtype("O"), "dtype"),
        (np.void(b"ab"), "numpy.void"),
        (type("float", (float,), {})(1.0), "float"),
        (type("Odd", (), {"__module__": 3})(), "?"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 100 else "",
)
def test_what_stays_behind(value: Any, kind: str) -> None:
    assert kind in stays(value).kind


@pytest.mark.skipif(np.__version__ < "2", reason="this NumPy has 32 axes at most")
def test_more_axes_than_every_numpy_has() -> None:
    assert stays(np.zeros((1,) * 33)).kind == "numpy.ndarray of 33 axes"


def test_names_of_kinds_are_bounded() -> None:
    assert len(kind_name(type("x" * 10_000, (), {})())) == wire.KIND_LIMIT
    torch = pytest.importorskip("torch")
    assert kind_name(torch.nn.Linear(1, 1)) == "torch.nn.modules.linear.Linear"


def test_deep_lists_stay_behind() -> None:
    deep: Any = 1
    for _ in range(wire.DEPTH_LIMIT):
        deep = [deep]
    assert over(deep) == deep
    kept: list[object] = []
    got = over([deep], lambda thing: kept.append(thing) or 5)
    for _ in range(wire.DEPTH_LIMIT):
        got = got[0]
    assert got == HandleNode(5, "list")


def test_without_a_keeper_nothing_stays_behind() -> None:
    with pytest.raises(TypeError, match="a set cannot cross"):
        over({1})

    assert over(Remote(HandleNode(3, "thing"))) == HandleNode(3, "thing")


def test_one_frame_holds_so_much_and_no_more() -> None:
    encoder = Encoder()
    with pytest.raises(TooLarge, match="a frame holds"):
        [encoder.node(np.zeros(1 << 20)) for _ in range(9)]
    encoder, one = Encoder(), np.broadcast_to(np.zeros(1), (1 << 22,))
    with pytest.raises(TooLarge, match="a frame holds"):
        [encoder.node(one) for _ in range(5)]


def test_an_ordered_dict_arrives_as_a_dict_in_its_order() -> None:
    got = over(OrderedDict([("weight", np.ones((2, 3))), ("bias", np.zeros(2))]))
    assert type(got) is dict
    assert list(got) == ["weight", "bias"]
    assert got["weight"].shape == (2, 3)


def test_other_kinds_of_dict_stay_behind() -> None:
    class Sly(OrderedDict):  # type: ignore[type-arg]
        def items(self):  # type: ignore[no-untyped-def]
            raise AssertionError("code of the submission ran while its answer was written")

    for value in (defaultdict(int), Sly(a=1)):
        assert isinstance(over(value, lambda _: 7), HandleNode)


def test_a_state_dict_arrives() -> None:
    torch = pytest.importorskip("torch")
    layer = torch.nn.Linear(3, 2)
    got = over(layer.state_dict())
    assert isinstance(got, dict)
    assert list(got) == ["weight", "bias"]
    assert torch.equal(got["weight"], layer.weight)


# --- tensors --------------------------------------------------------------------------------------


def test_tensors_arrive_as_they_are() -> None:
    torch = pytest.importorskip("torch")
    base = torch.arange(12.0).reshape(3, 4)
    for tensor in (
        base, base.T, base[1:, ::2], torch.tensor(2), torch.zeros(0, 3), base.to(torch.bfloat16),
        base.int(), base > 3, torch.tensor([1 + 2j]).conj(), base.expand(2, 3, 4),
        torch.ones(2, requires_grad=True), (torch.ones(2, requires_grad=True) * 2),
    ):  # fmt: skip
        got = over(tensor)
        assert type(got) is torch.Tensor
        assert identical(got, tensor)
        assert got.requires_grad == tensor.requires_grad
        assert tuple(got.stride()) == tuple(tensor.stride()) or tensor.numel() < 2
    assert over(torch.Size([2, 3])) == torch.Size([2, 3])
    assert type(over(torch.Size([2, 3]))) is torch.Size
    assert over(torch.float32) is torch.float32


def test_a_parameter_arrives_as_a_tensor() -> None:
    torch = pytest.importorskip("torch")
    got = over(torch.nn.Parameter(torch.ones(2)))
    assert type(got) is torch.Tensor
    assert got.requires_grad


def test_array_and_tensor_of_one_memory() -> None:
    torch = pytest.importorskip("torch")
    array = np.arange(4.0)
    tensor = torch.from_numpy(array)
    for got in (over((tensor, tensor[1:])), over((tensor[1:], tensor))):
        got[0][:] = 9.0
        assert 9.0 in got[1]
    there, view = over((tensor, array))
    there[0] = 7.0
    assert view[0] == 7.0


def test_a_corner_of_a_large_tensor_is_copied() -> None:
    torch = pytest.importorskip("torch")
    encoder = Encoder()
    encoder.node(torch.zeros(3000, 3000)[:2, :2])
    assert encoder.size < 1000


@pytest.mark.filterwarnings("ignore::UserWarning")  # both kinds are on their way out
def test_tensors_that_stay_behind() -> None:
    torch = pytest.importorskip("torch")
    for tensor, kind in (
        (torch.eye(3).to_sparse(), "sparse"),
        (torch.empty(3, device="meta"), "float32"),
        (torch.zeros(1).expand(1 << 25), "too large to read"),
        (torch.zeros((1,) * 33), "33 axes"),
        (torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]), "without plain memory"),
        (torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8), "qint8"),
    ):
        kept: list[object] = []
        got = over(tensor, lambda thing, kept=kept: kept.append(thing) or 1)  # type: ignore[misc]
        assert isinstance(got, HandleNode)
        assert kind in got.kind


# --- what no honest peer would send ---------------------------------------------------------------

A, T = wire.Array, wire.Tensor
BAD: list[tuple[Any, bytes]] = [
    (wire.BigInt("0x12"), b""),
    (wire.BigInt(""), b""),
    (wire.BigInt("f" * (wire.DIGIT_LIMIT + 2)), b""),
    (wire.Scalar("<f8", b"1234"), b""),
    (wire.Scalar("O", b"12345678"), b""),
    (wire.Scalar("U", b"\xff"), b""),
    (wire.Scalar("<U1", b"a\0\0\0"), b""),
    (A("<U2", (2,), (8,), 0, True, False, 0), b"\xff" * 16),
    (A("<U1", (4,), (4,), 0, True, False, 0), b"\0\xd8\0\0" * 4),
    (A("<U0", (4,), (0,), 0, True, False, 0), bytes(16)),
    (A("<U9", (4,), (36,), 0, True, False, 0), bytes(16)),
    (wire.DType("numpy", "O"), b""),
    (wire.DType("torch", "no_such"), b""),
    (wire.DType("torch", "nn"), b""),
    (wire.Dict(((wire.List(()), None),)), b""),
    (wire.Dict(tuple((n, n) for n in range(257))), b""),
    (A("|O", (1,), (8,), 0, True, False, 0), bytes(16)),
    (A("<f8", (1,), (8,), 0, True, False, 1), bytes(16)),
    (A("<f8", (1,), (8,), 0, True, False, -1), bytes(16)),
    (A("<f8", (3,), (8,), 0, True, False, 0), bytes(16)),
    (A("<f8", (2,), (-8,), 0, True, False, 0), bytes(16)),
    (A("<f8", (1,), (8,), 1 << 50, True, False, 0), bytes(16)),
    (A("<f8", (2,), (8, 8), 0, True, False, 0), bytes(16)),
    (A("<f8", (-1,), (8,), 0, True, False, 0), bytes(16)),
    (A("<f8", (1,) * 33, (8,) * 33, 0, True, False, 0), bytes(16)),
    (A("<f8", (1 << 40,), (0,), 0, True, False, 0), bytes(16)),
    (A("<f4", (1 << 24, 1 << 1), (0, 0), 0, True, False, 0), bytes(16)),
    (A("|b1", (2,), (1,), 0, True, False, 0), b"\2" * 16),
    (T("float64", (3,), (1,), 0, False, 0), bytes(16)),
    (T("float64", (1,), (1,), -1, False, 0), bytes(16)),
    (T("float64", (2,), (-1,), 1, False, 0), bytes(16)),
    (T("float64", (1,), (1, 1), 0, False, 0), bytes(16)),
    (T("qint8", (1,), (1,), 0, False, 0), bytes(16)),
    (T("bool", (2,), (1,), 0, False, 0), b"\2" * 16),
    (T("int64", (1,), (1,), 0, True, 0), bytes(16)),
    (T("float64", (1,), (1,), 0, False, 5), bytes(16)),
]


@pytest.mark.parametrize(("node", "body"), BAD, ids=lambda value: f"{value!r:.50}")
def test_malformed(node: Any, body: bytes) -> None:
    if isinstance(node, T):
        pytest.importorskip("torch")
    with pytest.raises(Malformed):
        Decoder([len(body)] if body else [], bytearray(body), lambda handle: handle).value(node)


def test_malformed_by_depth() -> None:
    node: Any = None
    for _ in range(wire.DEPTH_LIMIT + 2):
        node = wire.List((node,))
    with pytest.raises(Malformed, match="deep"):
        Decoder([], bytearray(), lambda handle: handle).value(node)


def test_arrays_of_one_frame_are_counted_together() -> None:
    node = A("<f8", (1 << 22,), (0,), 0, True, False, 0)
    decoder = Decoder([16], bytearray(16), lambda handle: handle)
    for _ in range(4):
        decoder.value(node)
    with pytest.raises(Malformed, match="too many"):
        decoder.value(node)


@pytest.mark.parametrize(
    ("sizes", "body"), [([8], 8), ([-16], 0), ([32], 16), ([], 16), ([16], 32)]
)
def test_sizes_and_body_must_agree(sizes: list[int], body: int) -> None:
    with pytest.raises(Malformed):
        Decoder(sizes, bytearray(body), lambda handle: handle)


def test_without_torch_there_are_no_tensors(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.delitem(sys.modules, "torch", raising=False)
    decoder = Decoder([16], bytearray(16), lambda handle: handle)
    for node in (
        T("float64", (1,), (1,), 0, False, 0), wire.Size((1,)), wire.DType("torch", "float32")
    ):  # fmt: skip
        with pytest.raises(Malformed):
            decoder.value(node)
    assert over(np.float64(1.0)) == 1.0
    assert stays({1}).kind == "set"


def test_a_handle_is_what_the_other_side_makes_of_it() -> None:
    def unknown(node: HandleNode) -> object:
        raise KeyError(node.id)

    with pytest.raises(Malformed, match="HandleNode"):
        Decoder([], bytearray(), unknown).value(HandleNode(4, "x"))
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.decode(
            msgspec.msgpack.encode(HandleNode(1, "x" * 201)),
            type=Node,  # type: ignore[arg-type]
        )


# --- the same to the last bit ---------------------------------------------------------------------


def test_identical() -> None:
    nan = float("nan")
    same: list[tuple[Any, Any]] = [
        (nan, float("nan")), ([nan], [float("nan")]), (np.array([nan]), np.array([nan])),
        ({"a": (1, 2.0)}, {"a": (1, 2.0)}), (np.float32(1), np.float32(1)), ("x", "x"),
    ]  # fmt: skip
    other: list[tuple[Any, Any]] = [
        (1, 1.0), ([1], (1,)), ([1], [1, 2]), (0.0, 1.0), ({"a": 1}, {"b": 1}), ("x", "y"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}), (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(1), np.zeros(1, "f4")), (np.zeros(1), -np.zeros(1)), (np.zeros(1), [0.0]),
    ]  # fmt: skip
    assert all(identical(a, b) for a, b in same)
    assert not any(identical(a, b) for a, b in other)


def test_identical_tensors() -> None:
    torch = pytest.importorskip("torch")
    x = torch.tensor([1.0, float("nan")])
    assert identical(x, x.clone())
    assert identical(torch.nn.Parameter(torch.ones(2)), torch.ones(2, requires_grad=True))
    assert not identical(torch.ones(2), torch.ones(2, requires_grad=True))
    assert not identical(torch.ones(2), torch.ones(2, 1))
    assert not identical(torch.ones(2), np.ones(2))
    assert not identical(torch.ones(2), torch.zeros(2))
