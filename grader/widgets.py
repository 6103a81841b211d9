"""The visualizers in a notebook.

    from grader.widgets import Warp2D

    w = Warp2D(W=[[1, 1], [0, 1]])
    w                                    # the last line of a cell shows it
    w.W                                  # what it was dragged to

    Warp2D(use=[matvec])                 # your own function, drawn dashed beside the expected

Each key of a visualizer's state is an attribute: it can be read, set and observed, as ipywidgets
have it. Your functions run here, in the kernel of your notebook. Needs anywidget, which the extra
`widgets` brings.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from grader.errors import UsageError
from grader.web.lessons.widgets import assets, frame, still

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise ImportError(
        "Visualizers in a notebook need anywidget: install it with pip install 'wxb[widgets]'."
    ) from error

__all__ = [
    "Broadcast", "DotProduct", "ForwardPass", "MatmulPlayer", "Reshape", "Vector", "Visualizer",
    "Warp2D",
]  # fmt: skip


class Plain(traitlets.TraitType[Any, Any]):
    """What travels as JSON. Arrays of NumPy and tensors become lists."""

    def default(self, obj: Any = None) -> Any:
        return copy.deepcopy(self.default_value)  # no two visualizers share a list

    def validate(self, obj: Any, value: Any) -> Any:
        return _plain(value)


class Visualizer(anywidget.AnyWidget):
    """What all visualizers share.

    Args:
        use: functions of yours whose answers are drawn, by the names under which the course has
            them; or a mapping from such a name to a function.
        modes: the modes that may be chosen; all of them if it is empty.
        predict: whether a prediction is asked for before anything moves.
        more: whether what goes beyond the lesson is there.

    Everything else is state: docs/visualizers.md lists it for each visualizer.

    Raises:
        UsageError: a key or a mode that the visualizer does not have.
    """

    _name: ClassVar[str] = ""

    goal = traitlets.Unicode("").tag(sync=True)
    mine = traitlets.Bool(False).tag(sync=True)
    modes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    predict = traitlets.Bool(True).tag(sync=True)
    more = traitlets.Bool(True).tag(sync=True)
    functions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    calls = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    reached = traitlets.List(traitlets.Unicode()).tag(sync=True)
    predicted = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        use: Iterable[Callable[..., Any]] | Mapping[str, Callable[..., Any]] = (),
        **state: Any,
    ) -> None:
        self._use = dict(use) if isinstance(use, Mapping) else {f.__name__: f for f in use}
        visualizer = assets.get(self._name)
        options = {"modes", "predict", "more", "goal", "mine"}
        if strange := sorted(state.keys() - visualizer.defaults.keys() - options):
            known = ", ".join(visualizer.defaults)
            raise UsageError(f"{type(self).__name__} has no {strange[0]!r}; its state is {known}.")
        asked = [*state.get("modes", ()), *([state["mode"]] if "mode" in state else ())]
        if strange := [mode for mode in asked if mode not in visualizer.modes]:
            known = ", ".join(visualizer.modes)
            raise UsageError(f"{type(self).__name__} has no mode {strange[0]!r}; it has {known}.")
        if state.get("modes") and "mode" not in state:
            state["mode"] = state["modes"][0]
        super().__init__(functions=list(self._use), **({"mine": bool(self._use)} | state))
        self.observe(self._answer, "calls")

    def to_html(self) -> str:
        """The visualizer as it stands now, as an `<iframe>` that needs neither kernel nor network.

        For what nbconvert writes: `IPython.display.HTML(w.to_html())` shows it there.
        """
        return frame.frame(self._name, self._state())

    def _state(self) -> dict[str, Any]:
        keys = [*assets.get(self._name).defaults, "goal", "modes", "predict", "more"]
        return {key: getattr(self, key) for key in keys}

    def _answer(self, change: Any) -> None:
        asked = change["new"]
        answers = [
            _called(self._use.get(each["function"]), each["arguments"])
            for each in asked.get("calls", ())
        ]
        self.answers = {"id": asked.get("id"), "answers": answers}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        found = super()._repr_mimebundle_(**kwargs)
        # Where no widget can be shown, such as on paper, its picture is.
        for bundle in found if isinstance(found, tuple) else (found,):
            if bundle and "text/plain" in bundle:
                bundle["text/html"] = still.figure(self._name, self._state())
        return found


def _called(function: Callable[..., Any] | None, arguments: list[Any]) -> dict[str, Any]:
    """What a function says, as the visualizer reads it: a value, or an error in words."""
    if function is None:
        return {"error": "there is no such function"}
    try:
        value = _plain(function(*(_argument(each) for each in arguments)))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if value is None:
        return {"error": "returned nothing"}
    flat = list(_numbers(value))
    if not all(isinstance(x, (int, float, str)) for x in flat):
        return {"error": f"returned {type(value).__name__}, where numbers are expected"}
    if any(isinstance(x, float) and (x != x or abs(x) == float("inf")) for x in flat):
        return {"error": "returned nan or inf"}
    return {"value": value}


def _argument(value: Any) -> Any:
    if isinstance(value, dict):
        return tuple(value["tuple"])
    if isinstance(value, list):
        import numpy

        return numpy.array(value, dtype=float)
    return value


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


def _numbers(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each)
    else:
        yield value


def _made(class_name: str, name: str) -> type[Visualizer]:
    """A class with a trait for each key of the state: a new key needs no new line here."""
    visualizer = assets.get(name)
    traits = {key: Plain(value).tag(sync=True) for key, value in visualizer.defaults.items()}
    modes = ", ".join(visualizer.modes)
    body = {
        "__doc__": f"{visualizer.title}. Modes: {modes}. State: {', '.join(visualizer.defaults)}.",
        "__module__": __name__,
        "_name": name,
        "_esm": visualizer.path,
        **traits,
    }
    return type(class_name, (Visualizer,), body)


Vector = _made("Vector", "vector")
DotProduct = _made("DotProduct", "dot")
Warp2D = _made("Warp2D", "warp")
MatmulPlayer = _made("MatmulPlayer", "matmul")
ForwardPass = _made("ForwardPass", "forward")
Broadcast = _made("Broadcast", "broadcast")
Reshape = _made("Reshape", "reshape")
