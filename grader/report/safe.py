"""Text that others wrote, as it is safe to show: it may hold commands for a terminal, or marks that
turn the text around them.

A title, a progress file or a name may come out of a folder that somebody handed in.
"""

from __future__ import annotations

import re

__all__ = ["escaped", "safe", "without_marks"]

#: Marks of direction (Unicode's Bidi_Control), ends of lines that are none, and what opens a
#: command for a terminal in one byte.
_MARKS = (
    *range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A),
)  # fmt: skip
_UNSEEN = dict.fromkeys(_MARKS, 0xFFFD)
#: The same, and the commands of ASCII, which have pictures of their own.
_STEERING = {
    **_UNSEEN,
    **{code: 0x2400 + code for code in range(32) if code not in (9, 10)},
    127: 0x2421,
}
_ANY_MARK = re.compile("[" + "".join(map(chr, _MARKS)) + "]")


def safe(text: str) -> str:
    """A text whose line ends and tabs are all that moves a terminal's cursor."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_STEERING)


def without_marks(text: str) -> str:
    """A text without marks of direction, in which a screen's own colours stay."""
    return text if text.isascii() else text.translate(_UNSEEN)


def escaped(json: str) -> str:
    """A JSON document that means the same, with these marks written as `\\uXXXX`."""
    return _ANY_MARK.sub(lambda found: f"\\u{ord(found[0]):04x}", json)
