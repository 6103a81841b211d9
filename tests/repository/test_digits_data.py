"""The digits that the last exercise reads: whole, split once, and learnable by their script."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from support.places import ROOT

FOLDER = ROOT / "data" / "digits"


def test_all_images_are_there_and_none_is_in_both_parts() -> None:
    with np.load(FOLDER / "digits.npz") as data:
        arrays = dict(data)
    seen = []
    for part, count in (("train", 1438), ("test", 359)):
        images, labels = arrays[f"{part}_images"], arrays[f"{part}_labels"]
        assert images.shape == (count, 8, 8)
        assert labels.shape == (count,)
        assert images.dtype == labels.dtype == np.uint8
        assert (images.min(), images.max()) == (0, 16)
        assert set(labels.tolist()) == set(range(10))
        seen.append({image.tobytes() for image in images})
    assert not seen[0] & seen[1]


def test_the_script_trains_as_good_a_network() -> None:
    """Not the same bits: another processor may round otherwise."""
    pytest.importorskip("torch")
    spec = importlib.util.spec_from_file_location("train_digits", FOLDER / "train.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    model = script.train(*script.examples("train"))
    assert script.accuracy(model, *script.examples("test")) > 0.96
