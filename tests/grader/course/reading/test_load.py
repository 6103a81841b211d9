"""course.yaml: each fault is planted in a good file and read back with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grader.course.outline import Course
from grader.course.reading import load as spec
from grader.errors import CourseError, UsageError
from support.courses import three
from support.places import ROOT

Make = Callable[..., Path]


def faults(path: Path, *, strict: bool = False) -> list[str]:
    """What is said about a course: one line a fault."""
    with pytest.raises(CourseError) as met:
        spec.load(path, strict=strict)
    lines = str(met.value).splitlines()
    assert len(lines) == len(met.value.faults), "a fault is one line"
    return lines


def line_of(text: str, part: str) -> int:
    """The number of the only line that holds a part."""
    found = [n for n, line in enumerate(text.split("\n"), 1) if part in line]
    assert len(found) == 1, (part, found)
    return found[0]


class Plant(NamedTuple):
    """Replace `old` by `new`: the line that holds `at` is then told to have `said`."""

    old: str
    new: str
    at: str
    said: str


PLANTS = {
    "unknown key": Plant(
        "        title: Which way?", "        title: Which way?\n        titel: x", "titel: x",
        "unknown key titel; did you mean title?",
    ),
    "unknown key that is near to none": Plant(
        "title: Tiny", "title: Tiny\nzzz: 1", "zzz: 1",
        "unknown key zzz; expected one of format, title, units, limits, feedback, late, attemp",
    ),
    "unknown key in limits": Plant(
        "memory: 1GiB", "memry: 1GiB", "memry", "unknown key memry; did you mean memory?"
    ),
    "unknown key with a space": Plant(
        "title: Tiny", "title: Tiny\nmy key: 1", "my key", "unknown key 'my key'; expected one of"
    ),
    "missing title": Plant(
        "title: Tiny\n", "", "format: 1", "title is missing; expected the course's name"
    ),
    "missing tests": Plant(
        "        tests: {test_one: 1}\n", "", "id: double",
        "tests is missing; expected points of each test function",
    ),
    "missing id": Plant(
        "      - id: double\n        title: Twice a vector", "      - title: Twice a vector",
        "Twice a vector", "id is missing; expected the module's name",
    ),
    "duplicate key": Plant(
        "title: Tiny", "title: Tiny\ntitle: Huge", "title: Huge",
        "title is there twice (first on line 3); expected each key once",
    ),
    "duplicate test": Plant(
        "          test_two: 0.5", "          test_two: 0.5\n          test_one: 3",
        "          test_one: 3", "test_one is there twice (first on line 23); expected each key",
    ),
    "duplicate exercise": Plant(
        "id: angle", "id: length", "id: length  # again",
        "exercise length is there twice (first on line 17); expected one id for each",
    ),
    "duplicate unit": Plant(
        "id: 02_b", "id: 01_a", "id: 01_a  # again",
        "unit 01_a is there twice (first on line 13); expected one id for each",
    ),
    "time without unit": Plant(
        "call: 2s", "call: 2", "call: 2,", "call: '2' is no length of time; expected e.g. 500ms, 2s"
    ),
    "time with a wrong unit": Plant(
        "grace: 15min", "grace: 2 sec", "grace", "grace: '2 sec' is no length of time; expected"
    ),
    "sexagesimal time": Plant(
        "every: 1d", "every: 1:30", "every", "every: '1:30' is no length of time; expected"
    ),
    "no time at all": Plant("every: 1d", "every: 0s", "every", "every: no time at all; expected"),
    "far too long": Plant("call: 2s", "call: 9d", "call", "call: '9d'; expected at most 1d"),
    "size with a wrong unit": Plant(
        "64KiB", "64KB", "64KB", "output: '64KB' is no size; expected e.g. 64KiB"
    ),
    "too little memory": Plant(
        "1GiB", "1 kB", "1 kB", "memory: '1 kB'; expected at least 16MiB"
    ),
    "share without percent": Plant(
        "lose: 10%", "lose: 0.1", "lose", "lose: '0.1' is no share; expected 0% to 100%"
    ),
    "text where a mapping belongs": Plant(
        "{hidden: title}", "title", "feedback", "feedback: 'title'; expected a mapping"
    ),
    "list where a mapping belongs": Plant(
        "{hidden: title}", "[title]", "feedback", "feedback: a list; expected a mapping"
    ),
    "mapping where a list belongs": Plant(
        "        forbidden:\n          - numpy.linalg.norm", "        forbidden: {a: b}",
        "forbidden", "forbidden: a mapping; expected a list",
    ),
    "list where text belongs": Plant(
        "Twice a vector", "[a, b]", "[a, b]", "title: a list is no text; expected text"
    ),
    "empty value": Plant(
        "title: Twice a vector", "title:", "        title:\n",
        "title: there is nothing here; expected text",
    ),
    "blank value": Plant(
        "title: Tiny", "title: '  '", "title: '  '", "title: there is nothing here; expected text"
    ),
    "long title": Plant(
        "Tiny", "x" * 201, "xxx", "title: 'xxxxx"
    ),
    "unknown choice": Plant(
        "hidden: title", "hidden: on", "hidden",
        "hidden: 'on'; expected 'everything', 'title' or 'nothing'",
    ),
    "unknown format": Plant(
        "format: 1", "format: 2", "format: 2",
        "format '2' is not known to this version; expected 1",
    ),
    "due without a zone": Plant(
        "23:59:00+01:00", "23:59:00", "due", "due: '2027-02-01T23:59:00' is no point in time; exp"
    ),
    "empty due": Plant(
        "due: 2027-02-01T23:59:00+01:00", "due:", "due:", "due: nothing is no point in time; exp"
    ),
    "points for no test": Plant(
        "test_three: 1.5", "test_thre: 1.5", "test_thre:",
        "there is no test test_thre; did you mean test_three?",
    ),
    "test without points": Plant(
        "          test_two: 0.5\n", "", "        tests:  # of length",
        "test_two (tests/hidden/01_a/test_length.py:9) has no points; expected test_two: 1",
    ),
    "sum of an exercise": Plant(
        "points: 3", "points: 4", "points: 4",
        "the tests of length add up to 3.0; expected points: 3.0",
    ),
    "sum of the course": Plant(
        "points: 5", "points: 6", "points: 6", "the exercises add up to 5.0; expected points: 5.0"
    ),
    "one parameter of a test": Plant(
        "test_two: 0.5", "'test_two[1-2]': 0.5", "test_two[1-2]",
        "test_two[1-2] names one parameter; expected test_two, for all of them together",
    ),
    "no name of a test": Plant(
        "test_two: 0.5", "two: 0.5", "          two: 0.5",
        "'two' is no name of a test; expected test_…",
    ),
    "no dotted name": Plant(
        "- numpy.linalg.norm", "- norm", "- norm",
        "'norm' is no dotted name; expected e.g. numpy.linalg.norm",
    ),
    "call longer than its exercise": Plant(
        "call: 2s", "call: 1min", "call",
        "one call may take longer than its exercise; expected call <= exercise",
    ),
    "no folder name": Plant(
        "id: 02_b", "id: ../b", "../b", "id: '../b' is no folder name; expected e.g. 01_vectors"
    ),
    "tests without one": Plant(
        "tests: {test_one: 1}", "tests: {}", "tests: {}", "tests: a mapping; expected at least one"
    ),
    "no points behind a test": Plant(
        "{test_one: 1}", "{test_one: }", "{test_one: }",
        "test_one: nothing is no number of points; expected e.g. 1 or 0.5",
    ),
    "missing files": Plant(
        "id: angle", "id: angel", "id: angel",
        "angel has no solution solutions/02_b/angel.py; did you mean solutions/02_b/angle.py?",
    ),
}  # fmt: skip


def planted(good: str, plant: Plant) -> tuple[str, int]:
    """A good file with a fault in it, and the line of the fault."""
    # Two lines that look the same are told apart by a comment.
    good = good.replace("id: angle\n", "id: angle  # again\n").replace("02_b\n", "02_b  # again\n")
    good = good.replace("points: 3\n        tests:", "points: 3\n        tests:  # of length")
    assert plant.old in good
    text = good.replace(plant.old, plant.new, 1)
    if plant.at.endswith("\n"):
        return text, text[: text.index(plant.at)].count("\n") + 1
    return text, line_of(text, plant.at)


@pytest.mark.parametrize("name", PLANTS)
def test_fault_is_read_with_its_line(name: str, good: str, make_course: Make) -> None:
    text, line = planted(good, PLANTS[name])
    assert any(
        told.startswith(f"course.yaml:{line}: {PLANTS[name].said}")
        for told in faults(make_course(text))
    ), faults(make_course(text))


#: A test whose name is lost has no points either, and a new name has no files.
NOT_ALONE = {
    "missing files", "no name of a test", "points for no test", "test without points",
    "duplicate unit", "duplicate exercise",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PLANTS.keys() - NOT_ALONE))
def test_one_slip_is_one_fault(name: str, good: str, make_course: Make) -> None:
    text, _ = planted(good, PLANTS[name])
    assert len(faults(make_course(text))) == 1


POINTS = ["0", "-1", "1e3", "0x10", "1_000", ".5", "~", "on", "yes", "1:30", "null", "1001", "true"]


@pytest.mark.parametrize("text", POINTS)
def test_points_are_no_yaml_numbers(text: str, good: str, make_course: Make) -> None:
    course = good.replace("test_two: 0.5", f"test_two: {text}")
    (told,) = faults(make_course(course))
    line = line_of(course, "test_two")
    assert told.startswith(f"course.yaml:{line}: test_two: {text!r} is no number of points; exp")


@pytest.mark.parametrize(
    "text", ["on", "yes", "no", "1:30", "~", "null", "0x10", "1e3", "2027-01-01"]
)
def test_titles_are_text_whatever_yaml_makes_of_them(
    text: str, good: str, make_course: Make
) -> None:
    assert spec.load(make_course(good.replace("Tiny", text))).title == text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("class", "class is a word of Python's own"),
        ("lambda", "lambda is a word of Python's own"),
        ("json", "json is the name of a library module"),
        ("statistics", "statistics is the name of a library module"),
        ("numpy", "numpy is the name of a library module"),
        ("torch", "torch is the name of a library module"),
        ("conftest", "conftest is the name of a library module"),
        ("Angle", "'Angle' is no module name"),
        ("an-angle", "'an-angle' is no module name"),
        ("1st", "'1st' is no module name"),
        ("_angle", "'_angle' is no module name"),
        ("../angle", "'../angle' is no module name"),
        ("winkél", "'winkél' is no module name"),
    ],
)
def test_ids_that_no_module_may_have(name: str, said: str, good: str, make_course: Make) -> None:
    text = good.replace("id: angle", f"id: {name}")
    (told,) = faults(make_course(text))
    assert told.startswith(f"course.yaml:{line_of(text, f'id: {name}')}: ")
    assert said in told
    assert "; expected " in told


def test_a_good_file_is_read_exactly(make_course: Make) -> None:
    course = spec.load(make_course(), strict=True)
    assert [unit.id for unit in course.units] == ["01_a", "02_b"]
    length = course.exercise("length")
    assert length is not None
    assert length.tests == {
        "test_one": Decimal(1), "test_two": Decimal("0.5"), "test_three": Decimal("1.5")
    }  # fmt: skip
    assert list(length.tests) == ["test_one", "test_two", "test_three"]
    assert length.forbidden == ("numpy.linalg.norm",)
    assert course.units[0].due == datetime.fromisoformat("2027-02-01T23:59:00+01:00")
    assert course.units[1].due is None
    assert course.points == 5
    assert (course.limits.call, course.limits.memory) == (2.0, 1 << 30)
    assert (course.late.grace, course.late.lose) == (timedelta(minutes=15), Decimal("0.1"))
    assert course.feedback.hidden == "title"


# --- many at once -------------------------------------------------------------------------------

TEN = {
    "title: Tiny": "title: Tiny\ntitle: Huge",
    "call: 2s": "call: 2",
    "hidden: title": "hidden: all",
    "grace: 15min": "gracee: 15min",
    "lose: 10%": "lose: 10",
    "23:59:00+01:00": "23:59:00",
    "- numpy.linalg.norm": "- norm",
    "test_two: 0.5": "test_two: .5",
    "Twice a vector": "[a, b]",
    "id: angle": "id: class",
}


def test_ten_faults_are_ten_lines_in_their_order(good: str, make_course: Make) -> None:
    text = good
    for old, new in TEN.items():
        assert old in text
        text = text.replace(old, new, 1)
    told = faults(make_course(text))
    lines = [int(line.split(":")[1]) for line in told]
    at = ["title: Huge", "call: 2,", "hidden: all", "gracee", "lose: 10", "due:", "- norm",
          "test_two", "[a, b]", "id: class"]  # fmt: skip
    assert lines == [line_of(text, part) for part in at]


def test_a_typo_hides_no_fault_elsewhere(good: str, make_course: Make) -> None:
    text = good.replace("How long", "How long  # here").replace("points: 3", "pionts: 3")
    text = text.replace("points: 5", "points: 7").replace("call: 2s", "call: 20s")
    root = make_course(text)
    (root / "tests/hidden/02_b/test_angle.py").unlink()
    (root / "tests/hidden/01_a/test_double.py").write_text("def test_one(:\n", "utf-8")
    told = faults(root)
    assert [line.split(";")[0] for line in told] == [
        "course.yaml:4: one call may take longer than its exercise",
        "course.yaml:11: the exercises add up to 5.0",
        f"course.yaml:{line_of(text, 'pionts')}: unknown key pionts",
        f"course.yaml:{line_of(text, 'id: angle')}: angle has no suite "
        "tests/hidden/02_b/test_angle.py",
        "tests/hidden/01_a/test_double.py:1: SyntaxError: invalid syntax",
    ]


def test_an_exercise_with_a_typo_is_itself_still_checked(good: str, make_course: Make) -> None:
    text = good.replace("points: 3", "pionts: 3").replace("test_two", "test_too")
    told = "\n".join(faults(make_course(text)))
    assert "unknown key pionts" in told
    assert "there is no test test_too; did you mean test_two?" in told
    assert "test_two (tests/hidden/01_a/test_length.py:9) has no points" in told


def test_points_that_cannot_be_read_spoil_no_sum(good: str, make_course: Make) -> None:
    (told,) = faults(make_course(good.replace("test_two: 0.5", "test_two: half")))
    assert "'half' is no number of points" in told


def test_repeated_ids_are_seen_past_another_fault(good: str, make_course: Make) -> None:
    text = good.replace("id: angle", "id: double").replace("format: 1", "format: one")
    told = "\n".join(faults(make_course(text)))
    assert "format 'one' is not known" in told
    assert "exercise double is there twice" in told


def test_strays_are_told_beside_a_typo_but_not_where_a_name_is_lost(
    good: str, make_course: Make
) -> None:
    root = make_course(good.replace("How long", "How").replace("points: 3", "pionts: 3"))
    (root / "solutions/01_a/old.py").write_text("", "utf-8")
    told = "\n".join(faults(root, strict=True))
    assert "solutions/01_a/old.py: no exercise of course.yaml has this file" in told
    root = make_course(good.replace("id: angle", "id: class"))
    assert "no exercise of course.yaml" not in "\n".join(faults(root, strict=True))


@pytest.mark.parametrize(
    "text", ["units: 3", "units: {a: b}", "units: [3, [], {}]", "[]", "3", "a: b"]
)
def test_a_file_of_another_shape(text: str, make_course: Make) -> None:
    for told in faults(make_course(text + "\n"), strict=True):
        assert told.startswith("course.yaml:1: ")
        assert "; expected " in told


# --- encodings and places -----------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks(
    newline: str, mark: bytes, good: str, make_course: Make
) -> None:
    def data(text: str) -> bytes:
        return mark + text.replace("\n", newline).encode("utf-8")

    assert spec.load(make_course(data(good))).title == "Tiny"
    text = good.replace("id: angle", "id: class")
    (told,) = faults(make_course(data(text)))
    assert told.startswith(f"course.yaml:{line_of(text, 'id: class')}: id: class is a word")


def test_titles_in_any_script(good: str, make_course: Make) -> None:
    title = "Lineare Algebra: 線形代数 · الجبر 🧮"
    text = good.replace("title: Tiny", f"title: '{title}'")
    assert spec.load(make_course(text)).title == title
    (told,) = faults(make_course(text.replace("id: 02_b", "id: 線形")))
    assert "'線形' is no folder name" in told


def test_load_a_folder_a_file_and_what_is_neither(make_course: Make, tmp_path: Path) -> None:
    root = make_course()
    assert spec.load(root) == spec.load(root / "course.yaml") == Course.load(str(root))
    assert spec.load(root).root == str(root)
    with pytest.raises(UsageError, match=r"nothing/course\.yaml: No such file.*a course\.yaml"):
        spec.load(tmp_path / "nothing" / "course.yaml")
    with pytest.raises(UsageError, match=r"course\.yaml: No such file"):
        spec.load(tmp_path)
    with pytest.raises(UsageError, match="embedded null"):
        spec.load(tmp_path / "a\0b")
    (tmp_path / "b" / "course.yaml").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"b/course\.yaml: Is a directory"):
        spec.load(tmp_path / "b")


def test_find_goes_upward_to_the_nearest(make_course: Make, tmp_path: Path) -> None:
    root = make_course()
    deep = root / "exercises" / "01_a"
    assert spec.find(deep) == root / "course.yaml"
    assert spec.find(root) == root / "course.yaml"
    (deep / "course.yaml").mkdir()
    assert spec.find(deep) == root / "course.yaml", "a folder of that name is none"
    nearer = root / "exercises" / "course.yaml"
    nearer.write_text("format: 1\n", "utf-8")
    assert spec.find(deep) == nearer


def test_find_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as met:
        spec.find(tmp_path)
    assert f"no course.yaml in {tmp_path} or in a folder above" in str(met.value)
    assert "--course PATH" in str(met.value)


def test_stubs_are_asked_for_only_when_strict(make_course: Make, good: str) -> None:
    root = make_course(stubs=False)
    assert len(list(spec.load(root).exercises)) == 3
    told = faults(root, strict=True)
    assert len(told) == 3
    line = line_of(good, "id: angle")
    assert told[2].startswith(
        f"course.yaml:{line}: angle has no stub exercises/02_b/angle.py; expected a file"
    )


DATES = """\
    due: 2027-02-01T23:59 Europe/Berlin
    closes: 2027-02-08T23:59[Europe/Berlin]
    sections:
      tuesday: {due: 2027-02-02T12:00+01:00}
      far away: {closes: 2027-02-10T12:00Z}
"""
RULES = "attempts: {choose: best, counted: 3}\n"


def test_dates_attempts_and_a_budget_are_read(make_course: Make, good: str) -> None:
    text = good.replace("    due: 2027-02-01T23:59:00+01:00\n", DATES)
    text = text.replace("  at_most: 50%\n", "  at_most: 50%\n  budget: 3d\n") + RULES
    course = Course.load(make_course(text))
    unit = course.units[0]
    assert unit.due is not None
    assert unit.due.astimezone(UTC) == datetime(2027, 2, 1, 22, 59, tzinfo=UTC)
    assert f"{unit.closes}" == "2027-02-08 23:59:00+01:00"
    assert list(unit.sections) == ["tuesday", "far away"]
    assert unit.sections["tuesday"].closes is None
    assert course.units[1].sections == {}
    assert (course.late.budget, course.attempts.counted) == (3, 3)
    assert course.attempts.choose == "best"
    jsonschema.validate(as_editors_see_it(text), spec.schema())


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (
            "[Europe/Berlin]",
            "[Europe/Barlin]",
            "    closes: 2027-02-08",
            "'Europe/Barlin' is no time zone; exp",
        ),
        ("closes: 2027-02-08", "closes: 2027-01-08", "closes: 2027-01", "before it is due"),
        ("tuesday: {due: 2027-02-02", "tuesday: {due: 2027-03-02", "tuesday", "before it is due"),
        ("due: 2027-02-01T23:59 ", "due: 2027-03-28T02:30 ", "due: 2027-03", "clocks go forward"),
        ("tuesday: {due", "tuesday: {duo", "tuesday", "unknown key duo; did you mean due?"),
        ("counted: 3", "counted: 0", "attempts", "'0' is no whole number; expected 1 or more"),
        ("choose: best", "choose: first", "attempts", "expected 'last' or 'best'"),
    ],
)
def test_dates_that_cannot_be_meant(
    old: str, new: str, at: str, said: str, make_course: Make, good: str
) -> None:
    text = good.replace("    due: 2027-02-01T23:59:00+01:00\n", DATES) + RULES
    assert old in text
    text = text.replace(old, new)
    found = faults(make_course(text))
    assert any(each.startswith(f"course.yaml:{line_of(text, at)}: ") for each in found), found
    assert any(said in each for each in found), found


# --- the schema for editors ---------------------------------------------------------------------


def as_editors_see_it(text: str) -> Any:
    """YAML as editors read it; moments are text there."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, regex) for tag, regex in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


def test_schema_on_disk_is_the_one_of_the_models() -> None:
    written = (ROOT / "grader" / "course" / "course.schema.json").read_text("utf-8")
    assert written == json.dumps(spec.schema(), indent=2, ensure_ascii=False) + "\n"


def test_schema_accepts_what_the_loader_accepts(good: str) -> None:
    validator = jsonschema.Draft202012Validator(spec.schema())
    validator.check_schema(spec.schema())
    validator.validate(as_editors_see_it((ROOT / "course.yaml").read_text("utf-8")))
    validator.validate(as_editors_see_it(good))


@pytest.mark.parametrize(
    "name",
    ["unknown key", "unknown key in limits", "missing title", "missing tests", "unknown format",
     "unknown choice", "time with a wrong unit", "share without percent", "tests without one",
     "size with a wrong unit", "text where a mapping belongs", "empty value"],
)  # fmt: skip
def test_schema_refuses_what_the_loader_refuses(name: str, good: str) -> None:
    text, _ = planted(good, PLANTS[name])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_editors_see_it(text), spec.schema())


# --- anything at all ----------------------------------------------------------------------------

pieces = st.sampled_from(
    ["\t", "  ", "- ", ": ", "{", "}", "[", "]", "&a ", "*a", "!!x ", "|\n", ">", "'", '"', "#",
     "\n", "---\n", "...", "? ", "<<: ", "~", "on", "1:30", "-1", "é", "\x00", "\u2028", "\ud7ff",
     "\\ud800", "%YAML 9.9", "\r", "\ufeff", "test_one", "id: ", "units:", "points: ", "_", "@",
     "`", "\x85"]
) | st.text(max_size=4)  # fmt: skip


@given(edits=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 30), pieces), max_size=4))
def test_fuzz_any_slip_is_a_course_or_faults_with_their_lines(
    edits: list[tuple[int, int, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.getbasetemp() / "slips"
    if not root.exists():
        three.write(root)
        (root / "good.yaml").write_bytes((root / "course.yaml").read_bytes())
    text = (root / "good.yaml").read_text("utf-8")
    for at, length, piece in edits:
        text = text[: at % len(text)] + piece + text[at % len(text) + length :]
    data = text.encode("utf-8", "surrogatepass")
    (root / "course.yaml").write_bytes(data)
    last = data.count(b"\n") + data.count(b"\r") + 1
    try:
        found = [] if spec.load(root, strict=True).root == str(root) else None
    except CourseError as error:
        found = error.faults or None
    assert found is not None
    for fault in found:
        assert len(str(fault).splitlines()) == 1
        assert str(fault).encode("utf-8")
        assert fault.what
        if fault.path == Path("course.yaml"):
            assert 1 <= fault.line <= last, (fault, last)
