"""The visualizers as Jupyter has them: traits, the student's functions, and what is exported."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from grader import widgets
from grader.errors import UsageError
from grader.web.lessons.widgets import assets

CLASSES = [getattr(widgets, name) for name in widgets.__all__ if name != "Visualizer"]


def asked(widget: widgets.Visualizer, function: str, *arguments: Any) -> dict[str, Any]:
    """What the widget's page would be told."""
    widget.calls = {"id": 3, "calls": [{"function": function, "arguments": list(arguments)}]}
    assert widget.answers["id"] == 3
    found: dict[str, Any] = widget.answers["answers"][0]
    return found


def test_there_is_a_class_for_each_visualizer() -> None:
    assert {each._name for each in CLASSES} == assets.visualizers().keys()


@pytest.mark.parametrize("kind", CLASSES)
def test_each_key_of_the_state_is_a_trait(kind: type[widgets.Visualizer]) -> None:
    widget = kind()
    for key, value in assets.get(kind._name).defaults.items():
        assert getattr(widget, key) == value
        assert kind.class_traits()[key].metadata["sync"]
    assert "export default" in str(widget._esm)
    assert 'srcdoc="' in widget.to_html()


def test_arrays_become_lists_and_no_two_widgets_share_one() -> None:
    first, second = widgets.Warp2D(W=np.eye(2)), widgets.Warp2D()
    assert first.W == [[1.0, 0.0], [0.0, 1.0]]
    first.x = np.array([3, 4])
    assert first.x == [3, 4]
    second.W[0][0] = 9
    assert widgets.Warp2D().W == [[1, 1], [0, 1]]


def matvec(W: np.ndarray, x: np.ndarray) -> np.ndarray:
    return W @ x


def test_a_function_of_yours_is_asked_in_your_kernel() -> None:
    widget = widgets.Warp2D(use=[matvec])
    assert widget.functions == ["matvec"]
    assert widget.mine
    assert asked(widget, "matvec", [[1, 2], [3, 4]], [1, 1]) == {"value": [3.0, 7.0]}
    assert asked(widget, "matvec", [[1, 2], [3, 4]], [1, 1, 1])["error"].startswith("ValueError")
    assert asked(widget, "layer", [[1]]) == {"error": "there is no such function"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (lambda: None, "returned nothing"),
        (lambda: {"Z": 1}, "returned dict, where numbers are expected"),
        (lambda: np.array([np.nan, 1.0]), "returned nan or inf"),
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda: sys.exit(3), ""),
    ],
)
def test_what_cannot_be_drawn_is_told_in_words(given: Any, told: str) -> None:
    widget = widgets.Vector(use={"magnitude": lambda v: given()})
    if not told:
        with pytest.raises(SystemExit):
            asked(widget, "magnitude", [1, 2])
    else:
        assert asked(widget, "magnitude", [1, 2]) == {"error": told}


def test_shapes_arrive_as_tuples() -> None:
    widget = widgets.Broadcast(use={"broadcast_shape": lambda a, b: (*a, *b)})
    found = asked(widget, "broadcast_shape", {"tuple": [4, 3]}, {"tuple": [3]})
    assert found == {"value": [4, 3, 3]}


def test_what_is_not_there_is_named_with_what_is() -> None:
    with pytest.raises(UsageError, match=r"Vector has no 'W'; its state is mode, a, b"):
        widgets.Vector(W=1)
    with pytest.raises(UsageError, match=r"Warp2D has no mode 'turn'; it has warp, affine"):
        widgets.Warp2D(modes=["turn"])
    assert widgets.Warp2D(modes=["affine"]).mode == "affine"


def test_without_anywidget_it_says_what_to_install() -> None:
    code = "import sys; sys.modules['anywidget'] = None; import grader.widgets"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].endswith("install it with pip install 'wxb[widgets]'.")


def test_the_command_loads_no_anywidget() -> None:
    code = "import grader.cli, grader.web.lessons.widgets.frame, sys\n"
    code += "print('anywidget' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
