"""What this repository promises of its own course, beyond what `grade check` proves."""

from __future__ import annotations

import ast
import doctest
import re
from pathlib import Path

import pytest

from grader import Course, Grader, Submission
from grader.course.outline import Exercise
from support import needs
from support.places import ROOT

COURSE = Course.load(ROOT)
EXERCISES = list(COURSE.exercises)
by_name = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)

#: What a hint cannot know.
THOUGHTS = re.compile(
    r"\b[Yy]ou (think|thought|believe|assume|suppose|guess|expect|notice|forgot)\b"
)


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Top-level functions of a module, by name."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@by_name
def test_at_least_four_misconceptions(exercise: Exercise) -> None:
    tree = ast.parse(COURSE.misconceptions(exercise).read_text("utf-8"))
    assert sum(isinstance(node, ast.ClassDef) for node in tree.body) >= 4


@by_name
def test_at_least_three_other_right_ways(exercise: Exercise) -> None:
    assert len(list(COURSE.accepts(exercise).glob("*.py"))) >= 3


@by_name
def test_numpy_and_torch_are_both_there(exercise: Exercise) -> None:
    text = COURSE.solution(exercise).read_text("utf-8")
    assert "np." in text
    assert "torch" in text


@by_name
def test_stub_asks_for_what_the_solution_has(exercise: Exercise) -> None:
    public = {name for name in functions(COURSE.solution(exercise)) if name[0] != "_"}
    assert set(functions(COURSE.stub(exercise))) == public


@by_name
def test_examples_are_two_or_more(exercise: Exercise) -> None:
    for name, node in functions(COURSE.solution(exercise)).items():
        if not name.startswith("_"):
            assert (ast.get_docstring(node) or "").count(">>>") >= 2, name


def test_every_unit_has_a_lesson() -> None:
    for unit in COURSE.units:
        assert COURSE.lesson(unit).is_file(), unit.id


def test_the_first_page_lists_every_exercise_in_order() -> None:
    page = (ROOT / "exercises" / "README.md").read_text("utf-8")
    links = re.findall(r"^- \[`\w+`\]\((.+?)\)", page, re.MULTILINE)
    assert links == [f"{exercise.unit}/{exercise.id}.py" for exercise in EXERCISES]
    for unit in COURSE.units:
        assert f"[{unit.title}]({unit.id}/README.md)" in page


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("network", "forward"),
        ("network", "forward_torch"),
        ("layer_trace", "layer_trace"),
        ("layer_trace", "neuron_trace"),
        ("layer_trace", "layer_trace_torch"),
        ("digits", "logits"),
        ("digits", "model_torch"),
    ],
)
def test_the_examples_of_a_network_notice_a_relu_left_out(name: str, function: str) -> None:
    torch = pytest.importorskip("torch")
    exercise = COURSE.exercise(name)
    assert exercise is not None
    text = COURSE.solution(exercise).read_text("utf-8")
    straight = text.replace(".clip(min=0.0)", "").replace("nn.ReLU()", "nn.Identity()")
    straight = straight.replace("np.maximum(", "_first(").replace("torch.relu(", "_first(")

    def failed(solution: str) -> int:
        names: dict[str, object] = {"torch": torch, "_first": lambda z, *_: z}
        exec(compile(solution, name, "exec"), names)
        doc = str(names[function].__doc__)
        examples = doctest.DocTestParser().get_doctest(doc, names, function, None, 0)
        return doctest.DocTestRunner().run(examples, out=lambda _: None).failed

    assert failed(text) == 0
    assert failed(straight) > 0


@by_name
def test_stubs_import_what_their_signatures_name(exercise: Exercise) -> None:
    """Either every function for tensors has torch at hand, or none."""
    text = COURSE.stub(exercise).read_text("utf-8")
    at_the_top = "\nimport torch\n" in text
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and "torch." in ast.unparse(node.args):
            imports = [ast.unparse(n) for n in node.body if isinstance(n, ast.Import)]
            assert at_the_top or "import torch" in imports, node.name


@by_name
def test_hints_say_what_the_code_does_and_not_what_its_author_thinks(exercise: Exercise) -> None:
    tree = ast.parse(COURSE.misconceptions(exercise).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            assert not THOUGHTS.search(ast.get_docstring(node) or ""), node.name


@needs.torch
def test_a_name_that_the_exercise_asks_for_is_no_other_one_renamed() -> None:
    exercise = COURSE.exercise("magnitude")
    assert exercise is not None
    text = COURSE.solution(exercise).read_text("utf-8")
    text = text.replace("def row_magnitudes(", "def lengths(")
    with Grader(COURSE) as grader:
        report = grader.grade(Submission.from_sources({"magnitude.py": text}), ["magnitude"])
    tests = {test.id: test.message for test in report.exercises[0].tests if test.message}
    assert set(tests.values()) == {
        "There is no row_magnitudes in your file.\nCopy its first line from the stub."
    }
