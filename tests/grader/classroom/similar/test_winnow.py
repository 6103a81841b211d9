"""Winnowing keeps its promise: what is long enough is seen, what is too short never is."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.similar.winnow import WINDOW, K, fingerprints, grams

_TEXT = st.lists(st.sampled_from("abcdefgh"), max_size=40)


@given(_TEXT, _TEXT, st.lists(st.sampled_from("pqrstuv"), min_size=K + WINDOW - 1, max_size=40),
       _TEXT, _TEXT)  # fmt: skip
def test_a_piece_that_is_long_enough_gives_both_a_fingerprint(
    a: list[str], b: list[str], piece: list[str], c: list[str], d: list[str]
) -> None:
    one = {each.value for each in fingerprints([*a, *piece, *b])}
    other = {each.value for each in fingerprints([*c, *piece, *d])}
    assert one & other


@given(st.lists(st.sampled_from("ab"), max_size=60))
def test_fingerprints_are_some_of_the_grams_one_in_each_window(text: list[str]) -> None:
    hashes = grams(text)
    found = fingerprints(text)
    assert all(hashes[each.place] == each.value for each in found)
    places = [each.place for each in found]
    assert len(hashes) < WINDOW or all(b - a <= WINDOW for a, b in zip(places, places[1:]))  # noqa: B905, RUF007
    assert bool(found) == bool(hashes)


def test_nothing_shorter_than_a_gram_is_seen() -> None:
    assert fingerprints(list("abc")) == []
    assert len(fingerprints(list("abcdefghijkl"))) == 1


def test_hashes_are_the_same_in_every_process() -> None:
    code = "from grader.classroom.similar.winnow import grams; print(grams(list('abcdefghijklm')))"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {str(grams(list("abcdefghijklm")))}
