"""How far the cells of a session were run, without a kernel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from grader.handin.cells.definitions import read_statements
from grader.handin.cells.file import Cell
from grader.notebook import ran


class Shell(SimpleNamespace):
    """As much of IPython as is asked."""

    def __init__(self) -> None:
        super().__init__(user_ns={}, execution_count=1, events=self)
        self.heard: Any = None

    def register(self, event: str, function: Any) -> None:
        assert event == "post_run_cell"
        self.heard = function

    def run(self, number: int, source: str) -> None:
        result = SimpleNamespace(execution_count=number, error_in_exec=None, error_before_exec=None)
        try:
            code = compile(source.lstrip("\n"), "cell", "exec")
        except SyntaxError as error:
            result.error_before_exec = error
        else:
            try:
                exec(code, self.user_ns)
            except Exception as error:
                result.error_in_exec = error
        self.heard(result)


@pytest.fixture
def shell() -> Any:
    made = Shell()
    ran.listen(made)
    yield made
    ran.listen(made)  # nothing of this session is left behind


def run(shell: Shell, *sources: str) -> list[str]:
    """The first lines of the statements that were run."""
    cells = {n: Cell(f"In [{n}]", source) for n, source in enumerate(sources, 3)}
    for number, cell in cells.items():
        shell.run(number, cell.source)
    statements, _ = read_statements(cells.values())
    found = ran.only_run(statements, cells, shell)
    return [statement.text.partition("\n")[0] for statement in found]


def test_below_a_failure_nothing_was_run(shell: Shell) -> None:
    assert run(shell, "a = 1\nb = 2", "\n\nc = 3\nd = (\n1 / 0\n)\ne = 5", "f = 6") == [
        "a = 1", "b = 2", "c = 3", "f = 6",
    ]  # fmt: skip


def test_an_error_in_a_function_is_the_line_that_calls_it(shell: Shell) -> None:
    cells = "def f():\n\n\n    return 1 / 0", "a = 1\nf()\nb = 2"
    assert run(shell, *cells) == ["def f():", "a = 1"]


def test_below_a_cell_magic_lines_are_not_known(shell: Shell) -> None:
    assert run(shell, "%%time\na = 1") == ["a = 1"]
