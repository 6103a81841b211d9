"""The hints of an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from grader.cli.screens.screen import Screen
from grader.course.outline import Exercise

if TYPE_CHECKING:
    from grader.study.progress import Hint

__all__ = ["print_hints"]

_KINDS = {
    "goal": "the goal",
    "idea": "the idea",
    "your answer": "your answer",
    "line": "a line with blanks",
}


def print_hints(
    screen: Screen, exercise: Exercise, hints: Sequence[Hint], left: int, key: str = ""
) -> None:
    """The hints of an exercise that are open, the last one being new.

    Args:
        left: how many more there are; `key` opens the next, or the command does.
    """
    screen.print_line(Text.assemble((exercise.id, "bold"), f"  {exercise.title}"), Text(""))
    for number, hint in enumerate(hints, 1):
        text = Text.assemble((f"Hint {number}, {_KINDS[hint.kind]}: ", "bold"), hint.text)
        text.stylize("" if number == len(hints) else "dim")
        screen.print_indented(text, 2)
    if left:
        more = f"{left} more: {key or f'`grade hint {exercise.id}` again'}."
    else:
        more = "There are no further hints. The lesson beside the exercise explains the idea."
    screen.console.print(Text(more, "dim"))
