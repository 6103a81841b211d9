"""Commands to GitHub's runner, and text of others that can never be one.

The runner reads each line that a step prints. `::name key=value,key=value::data` is a command where
it begins a line, blanks aside, and `##[name key=value]data` anywhere in one. Between
`::stop-commands::TOKEN` and `::TOKEN::` no line is, whatever it holds (actions/runner,
ActionCommand.cs and ActionCommandManager.cs).
"""

from __future__ import annotations

import secrets

from grader.report.safe import safe

__all__ = ["command", "quoted"]

#: What the runner takes back in a command's data.
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
#: The same in a property, which `:` or `,` would end.
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
#: What each line of quoted text begins with: no pattern that a workflow has the runner look for
#: (`add-matcher`) begins so.
_MARGIN = "| "


def command(name: str, data: str, properties: dict[str, str]) -> str:
    """One command, on a line of its own without its end.

    Args:
        properties: those that are empty are left out.
    """
    given = (f"{key}={safe(v).translate(_PROPERTY)}" for key, v in properties.items() if v)
    return f"::{' '.join([name, ','.join(given)]).rstrip()}::{safe(data).translate(_DATA)}"


def quoted(text: str) -> str:
    """Lines of text as a log may hold them: nothing in them is a command.

    The token is a fresh one each time, so that no text can have been written with it.
    """
    token = secrets.token_hex(16)
    lines = safe(text).encode("utf-8", "replace").decode().split("\n")
    kept = (f"{_MARGIN}{line}".rstrip() for line in lines)
    return "\n".join([f"::stop-commands::{token}", *kept, f"::{token}::"])
