"""Which data files a submission's code may open, told by its text."""

from __future__ import annotations

import pytest

from grader.handin.beside import named_in, seen_from


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('open("weights.csv")', "weights.csv"),
        ("np.load('layer 1.npy')", "layer 1.npy"),
        ('Path(__file__).parent / "data" / "w.txt"', "w.txt"),
        ('np.loadtxt("data/w.txt")', "w.txt"),
        (r'open("data\w.txt")', "w.txt"),
        ('np.load(f"layer_{i}.npy")', "layer_3.npy"),
        ('np.load("layer_" + str(i) + ".npy")', "layer_3.npy"),
        ('np.load("layer_%d.npy" % i)', "layer_3.npy"),
        ('Path("x").with_suffix(".npy")', "x.npy"),
        ("os.listdir()", "anything.bin"),
        ('glob("*.csv")', "a.csv"),
        ("exec(text)", "anything.bin"),
    ],
)
def test_a_name_that_the_text_has_counts(text: str, name: str) -> None:
    assert named_in([text]).has(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('open("weights.csv")', "notes.csv"),
        ('open("weights.csv")', "eights.csv"),
        ('np.load(f"layer_{i}.npy")', "layer_3.csv"),
        ("import numpy as np\nx = np.load\n", "README.md"),
        ("", "csv"),
    ],
)
def test_no_other_does(text: str, name: str) -> None:
    assert not named_in([text]).has(name)


def test_what_lies_below_is_seen_from_the_modules_folder() -> None:
    paths = ["u/w.csv", "u/data/v.csv", "shared/s.csv", "u/other.csv"]
    texts = ['open("w.csv"), open("data/v.csv"), open("../shared/s.csv")']
    assert seen_from("u/a.py", paths, texts) == {
        "w.csv": "u/w.csv",
        "data/v.csv": "u/data/v.csv",
        "../shared/s.csv": "shared/s.csv",
    }
    assert seen_from("a.py", ["w.csv"], texts) == {"w.csv": "w.csv"}
