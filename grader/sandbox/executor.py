"""Carries out what tests ask of a module: the same code in a worker and in a local replay.

The worker runs it on the student's modules. The judge runs it on the course's own solutions and
misconceptions, to ask what a wrong idea would have answered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from grader.sandbox.wire.protocol import Op
from grader.sandbox.wire.values import is_tensor

__all__ = ["Executor", "MissingFunction"]


_EXAMPLE = "<example>"


class MissingFunction(Exception):
    """The module defines no such name."""

    def __init__(self, module: str, name: str, defined: list[str]) -> None:
        super().__init__(f"{module}.py defines no {name}")
        self.module, self.name, self.defined = module, name, defined


class Executor:
    """Runs ops on one module and keeps what handles stand for.

    Args:
        module: gives the module, loading it at the first call.
    """

    def __init__(self, module: Callable[[], ModuleType]) -> None:
        self._module = module
        self.handles: dict[int, Any] = {}
        self._next = 0
        self._names: dict[str, Any] = {}

    def begin(self) -> None:
        """A test begins: nothing is left of the one before."""
        self.handles.clear()
        self._next = 0  # so that the same test of the same code says the same
        self._names = {}

    def keep(self, value: object) -> int:
        """Store a value; its number is not used again in this test."""
        self._next += 1
        self.handles[self._next] = value
        return self._next

    def run(self, op: Op) -> Any:
        """What the op comes to; whatever the code raises passes through."""
        return getattr(self, f"_{op.verb}")(op)

    def _function(self, name: str) -> Any:
        """A function of the module, or of a class of the module: `Layer.from_file`."""
        module = self._module()
        found: Any = module
        for part in name.split("."):
            try:
                found = getattr(found, part)
            except AttributeError:
                keys = vars(found) if isinstance(found, type | ModuleType) else ()
                defined = [key for key in keys if isinstance(key, str) and key[:1] != "_"]
                raise MissingFunction(module.__name__, name, defined) from None
        return found

    def _load(self, op: Op) -> None:
        """Load the module, if it is not there yet."""
        self._module()

    def _call(self, op: Op) -> Any:
        return self._function(op.name)(*op.args, **op.kwargs)

    def _invoke(self, op: Op) -> Any:
        return self.handles[op.target](*op.args, **op.kwargs)

    def _getattr(self, op: Op) -> Any:
        return getattr(self.handles[op.target], op.name)

    def _setattr(self, op: Op) -> None:
        setattr(self.handles[op.target], op.name, op.args[0])

    def _getitem(self, op: Op) -> Any:
        return self.handles[op.target][op.args[0]]

    def _len(self, op: Op) -> int:
        return len(self.handles[op.target])

    def _fetch(self, op: Op) -> Any:
        return self.handles[op.target]

    def _keep(self, op: Op) -> Any:
        return op.args[0]

    def _shares(self, op: Op) -> bool:
        return np.shares_memory(_as_array(op.args[0]), _as_array(op.args[1]))

    def _source(self, op: Op) -> Any:
        text = op.name.strip()
        namespace: dict[str, Any] = {"np": np, "torch": sys.modules.get("torch")}
        if text.startswith("lambda"):
            return eval(text, namespace)
        exec(text, namespace)
        functions = [v for k, v in namespace.items() if callable(v) and k != "__builtins__"]
        return functions[-1]

    def _example(self, op: Op) -> Any:
        """A statement of a docstring, in one namespace for all of a test; `_` is the last value."""
        if not self._names:
            torch = sys.modules.get("torch")
            self._names = {"np": np, "torch": torch, **vars(self._module())}
        try:
            return self._evaluate(op.name)
        except NameError as error:
            if not error.name or _innermost_file(error) != _EXAMPLE:
                raise
            missing = error.name
        return self._function(missing)

    def _evaluate(self, text: str) -> Any:
        try:
            code = compile(text, _EXAMPLE, "eval", dont_inherit=True)
        except SyntaxError:
            exec(compile(text, _EXAMPLE, "exec", dont_inherit=True), self._names)
            return None
        self._names["_"] = value = eval(code, self._names)
        return value

    def _vjp(self, op: Op) -> Any:
        """Value and vector-Jacobian product: (value, gradient or None for each argument)."""
        import torch

        *inputs, cotangent = op.args
        leaves = [
            a.detach().clone().requires_grad_()
            if isinstance(a, torch.Tensor) and (a.is_floating_point() or a.is_complex())
            else a
            for a in inputs
        ]
        value = self._function(op.name)(*leaves, **op.kwargs)
        wanted = [a for a in leaves if isinstance(a, torch.Tensor) and a.requires_grad]
        gradients: list[Any] = [None] * len(wanted)
        if isinstance(value, torch.Tensor) and value.requires_grad and wanted:
            # A scalar needs no grad_outputs, whose first use imports a symbolic algebra package.
            scalar = (value * cotangent.conj()).sum().real
            gradients = list(torch.autograd.grad(scalar, wanted, allow_unused=True))
        rest = iter(gradients)
        each = tuple(next(rest) if any(a is w for w in wanted) else None for a in leaves)
        return (value.detach() if isinstance(value, torch.Tensor) else value), each


def _innermost_file(error: BaseException) -> str:
    """The file of the frame that raised."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    return traceback.tb_frame.f_code.co_filename if traceback is not None else ""


def _as_array(value: Any) -> Any:
    if is_tensor(value):
        return value.detach().numpy()
    return np.asarray(value)
