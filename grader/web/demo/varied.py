"""A text as one student has it: what it does stays, and what it is tried with by hand is theirs.

Bank texts are few, so that each is judged once; people write each their own. A student's module
ends in a few calls under `if __name__ == "__main__":`, which no grader runs: by these, programs
differ as those of a class do, and two that were copied are alike.
"""

from __future__ import annotations

import ast
import random

__all__ = ["varied"]

_NAMES = ("v", "w", "first", "data", "values", "row", "a", "sample", "x1", "inputs")
_SAYS = ("looks right", "compare by hand", "as in the lecture", "from the sheet", "why?", "mine")
#: Lines of one's own at least, so that they are more than any two would write alike.
_LINES = 6


def varied(text: str, style: str) -> str:
    """The text with calls by hand at its end.

    Args:
        style: whose; the same one gives the same lines.

    What is no Python, or defines no function, stays as it is.
    """
    try:
        functions = [n.name for n in ast.parse(text).body if isinstance(n, ast.FunctionDef)]
    except SyntaxError:
        return text
    if not functions:
        return text
    chance = random.Random(style)
    lines = [f"# {chance.choice(_SAYS)}"]
    for _ in range(_LINES + chance.randrange(4)):
        lines += _tried(chance.choice(functions), chance)
    return "\n".join([text.rstrip("\n"), "", "", 'if __name__ == "__main__":',
                      *(f"    {line}" for line in lines), ""])  # fmt: skip


def _tried(function: str, chance: random.Random) -> list[str]:
    """One thing that is tried, in one of a few ways."""
    name, other = chance.sample(_NAMES, 2)
    given, more = _numbers(chance), _numbers(chance)
    return chance.choice(
        (
            [f"{name} = {given}", f"print({function}({name}))"],
            [f"print({function}({given}), {more})"],
            [f"for {name} in ({given}, {more}):", f"    print({name}, {function}({name}))"],
            [f"{name}, {other} = {given}, {more}", f"print({function}({name}), len({other}))"],
            [f"{name} = [{other} * {chance.randint(2, 9)} for {other} in {given}]",
             f'print("{chance.choice(_SAYS)}", {function}({name}))'],
        )
    )  # fmt: skip


def _numbers(chance: random.Random) -> str:
    """A list of a few numbers, as somebody types them."""
    found = [round(chance.uniform(-9, 9), chance.choice((0, 1, 1, 2))) for _ in range(5)]
    return str([int(n) if n == int(n) else n for n in found])
