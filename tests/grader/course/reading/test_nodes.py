"""YAML's own traps: what a course file may not hold, and at which line it stands."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.reading.nodes import read_nodes
from grader.errors import CourseError

FILE = Path("course.yaml")


def refused(text: str | bytes) -> list[str]:
    """What is said of a text that is not even read."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(CourseError) as met:
        read_nodes(data, FILE)
    return [str(fault) for fault in met.value.faults]


def test_scalars_stay_text_and_keep_their_lines() -> None:
    text = b"a: on\nb: {c: 1:30, d: 0x10}\n\ne:\n  - ~\n  - 'x'\n  - \"\"\nf:\n"
    content, lines, faults = read_nodes(text, FILE)
    assert content == {"a": "on", "b": {"c": "1:30", "d": "0x10"}, "e": ["~", "x", ""], "f": None}
    assert faults == []
    assert lines[()] == lines[("a",)] == 1
    assert lines[("b", "d")] == 2
    assert lines[("e",)] == 4
    assert lines[("e", 2)] == 7
    assert lines[("f",)] == 8


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a:\n\tb: 1\n", 2),
        ("a:\n  - id: a\n\t  title: x\n", 3),
        ("title: foo\n\tbar: x\n", 2),
        ("a: {b: 1,\n\tc: 2}\n", 2),
        ("a: 1\nb:\tc\n", 2),
        ("a: 1\n- \tfoo\n", 2),
        ("a: b\t# a comment\n", 1),
        ("a: |\n  x\n\ty\nb: 1\n", 3),
        ("\ta: 1\n", 1),
    ],
)
def test_a_tab_is_found_on_its_line(text: str, line: int) -> None:
    (told,) = refused(text)
    assert told.startswith(f"course.yaml:{line}: "), told
    if "- " not in text or "id" in text:
        assert "a tab; expected spaces" in told


def test_a_tab_in_a_text_or_a_comment_is_none_of_ours() -> None:
    assert read_nodes(b'a: "x\ty" # b\tc\n', FILE)[0] == {"a": "x\ty"}
    (told,) = refused("a: 1 # c\td\nb: c: d # x\ty\n")
    assert told.startswith("course.yaml:2: this is no YAML: mapping values are not allowed here; ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: &x 2\n", "course.yaml:2: an anchor, &x; expected the value written out"),
        ("a: 1\nb: !!python/object:os.system 2\n", "course.yaml:2: a tag, tag:yaml.org,2002"),
        ("a: 1\nb: !x 2\n", "course.yaml:2: a tag, !x; expected a plain value"),
        ("a: 1\nb: ! 2\n", "course.yaml:2: a tag, !; expected a plain value"),
        ("a: 1\n---\nb: 1\n", "course.yaml:2: a second document; expected one document"),
        ("a: 1\nb: [1\n", "course.yaml:2: this is no YAML: expected ',' or ']'"),
        ("a: 1\nb: 'x\n", "course.yaml:2: this is no YAML: found unexpected end of stream"),
        ("a: 1\n b: 1\n", "course.yaml:2: this is no YAML: mapping values are not allowed here"),
        ("a: 1\nb: @x\n", "course.yaml:2: this is no YAML: found character '@'"),
        ("a: 1\nb: \x01\n", "course.yaml:2: this is no YAML: the character U+0001"),
        ("a: 1\nb: x\u2028y\n", "course.yaml:2: an invisible line break, U+2028; expected an"),
        ("a: 1\nb: x\x85y\n", "course.yaml:2: an invisible line break, U+0085; expected an"),
        ("%YAML 3.0\n---\na: 1\n", "course.yaml:1: this is no YAML: found incompatible YAML"),
        ("", "course.yaml:1: the file is empty; expected format, title and units"),
        ("# only this\n", "course.yaml:1: the file is empty; expected format, title and units"),
        (b"a: 1\nb: \xff\n", "course.yaml:2: a byte that is not UTF-8; expected UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "course.yaml:1: a byte that is not UTF-8; expected UTF-8 text"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str | bytes, said: str) -> None:
    assert refused(text)[0].startswith(said), refused(text)


def test_references_are_all_told() -> None:
    told = refused("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n")
    assert [line.split("; ")[0] for line in told] == [
        "course.yaml:1: an anchor, &x",
        "course.yaml:2: a reference, *x",
        "course.yaml:4: a reference, *x",
    ]


def test_a_merge_key_is_a_key_like_others() -> None:
    content, _, faults = read_nodes(b"a: 1\n<<: {b: 2}\n", FILE)
    assert content == {"a": "1", "<<": {"b": "2"}}
    assert faults == []


def test_a_billion_laughs_are_not_laughed() -> None:
    text = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    began = time.perf_counter()
    assert "an anchor, &a0" in refused(text)[0]
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("deep", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 50_000])
def test_depth_ends_early(deep: str) -> None:
    began = time.perf_counter()
    (told,) = refused("a: 1\nb:\n  " + deep)
    assert time.perf_counter() - began < 2
    assert told.startswith("course.yaml:3: nested too deeply; expected at most 12 levels")


def test_a_huge_file_is_not_read() -> None:
    (told,) = refused(b"a: 1\n" * (1 << 18))
    assert told == "course.yaml:1: 1,310,720 bytes; expected at most 1 MiB"


def test_faults_of_form_are_collected() -> None:
    text = b'a: 1\na: 2\nb: {c: 1, c: 2}\n? [x]\n: y\ne: "\\ud800"\n"f\\n": 1\n"f\\n": 2\n'
    content, _, faults = read_nodes(text, FILE)
    assert content["a"] == "1"
    assert [str(fault) for fault in faults] == [
        "course.yaml:2: a is there twice (first on line 1); expected each key once",
        "course.yaml:3: c is there twice (first on line 3); expected each key once",
        "course.yaml:4: a key that is no word; expected a plain key",
        "course.yaml:6: half a character, \\uD8…; expected a whole character",
        "course.yaml:8: 'f\\n' is there twice (first on line 7); expected each key once",
    ]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_fuzz_any_bytes_are_nodes_or_faults(data: bytes) -> None:
    try:
        _, lines, faults = read_nodes(data, FILE)
    except CourseError as error:
        faults, lines = error.faults, {}
        assert faults
    last = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= fault.line <= last for fault in faults)
    assert all(1 <= line <= last for line in lines.values())
