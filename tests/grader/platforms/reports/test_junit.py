"""JUnit XML, as CI services read it."""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec
import pytest

from grader.course.outline import Feedback
from grader.platforms.reports.junit import write
from support.exported import FULL, LATE, SETTING, exercise, golden, outcome_of, report_of, written


def test_golden() -> None:
    golden("junit.xml", written(write))


def test_what_gitlab_counts_is_what_is_there() -> None:
    root = ElementTree.fromstring(written(write))
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(element.attrib["tests"]) == len(cases)
        for kind, attribute in (("failure", "failures"), ("error", "errors")):
            ended = [case for case in cases if case.find(kind) is not None]
            assert int(element.attrib[attribute]) == len(ended)
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)  # of two equal names GitLab takes the first


@pytest.mark.parametrize(
    "text",
    ["\x00\x1b[31m\x7f", "\ufffe\uffff", "]]><failure/>&amp;", "\u202egnp.exe", "\x85\u2028"],
)
def test_any_text_stays_one_document(text: str) -> None:
    lost = outcome_of("test_x", f"Title {text}", "failed", "1", f"Said {text}", text)
    root = ElementTree.fromstring(written(write, report_of(exercise("x", "u", "failed", lost))))
    [failure] = root.iter("failure")
    assert (failure.text or "").startswith("Title ")
    assert "\u202e" not in (failure.text or "")
    assert len(list(root.iter("failure"))) == 1


def test_a_control_character_is_written_as_pytest_does() -> None:
    assert "spam #x07]]&gt;" in written(write).decode()


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [("failed", "failure"), ("not_attempted", "failure"), ("error", "error"), ("crashed", "error"),
     ("timeout", "error"), ("memory", "error"), ("output", "error"), ("forbidden", "error"),
     ("skipped", "skipped"), ("grader_fault", "skipped")],
)  # fmt: skip
def test_which_element_an_outcome_is(outcome: str, kind: str) -> None:
    one = msgspec.structs.replace(outcome_of("test_x", "T.", "failed", "1"), outcome=outcome)
    root = ElementTree.fromstring(written(write, report_of(exercise("x", "u", "failed", one))))
    [case] = root.iter("testcase")
    assert [child.tag for child in case] == [kind]


def test_an_idea_is_said_once() -> None:
    assert written(write).decode().count("What did Pythagoras add?") == 1


def test_points_of_the_suites_add_up_to_the_mark() -> None:
    setting = msgspec.structs.replace(SETTING, changes=(LATE,))
    root = ElementTree.fromstring(written(write, setting=setting))
    values = [p.attrib["value"] for p in root.iter("property") if p.attrib["name"] == "points"]
    assert values == ["1.15 of 3.25", "0 of 3.5"]
    assert "double: Handed in late: 10 % lost." in written(write, setting=setting).decode()


def test_an_exercise_is_one_case_where_tests_are_hidden() -> None:
    root = ElementTree.fromstring(written(write, hidden=Feedback("nothing")))
    assert [case.get("name") for case in root.iter("testcase")] == [e.id for e in FULL.exercises]
