"""What is said where the lock refused something: what is not possible, and what to do instead."""

from __future__ import annotations

from grader.sandbox.wire.protocol import Raised

__all__ = ["told_refusal"]

_TOLD = {
    "read": "{file} is not there where this is graded: only files that are handed in with your "
    "module can be read. Hand it in beside your module.",
    "write": "No file can be written or changed where this is graded{ file}: return or print what "
    "you want to keep.",
    "map": "{file} is in memory where this is graded: read it as a whole, with open, np.load or "
    "np.loadtxt, and do not map it.",
    "folder": "The folder cannot be changed where this is graded{ file}: leave that out, "
    "files that are handed in with your module are found by their names.",
    "network": "There is no network where this is graded: put what you need beside your module, "
    "and hand it in with it.",
    "process": "No other program can be started where this is graded: do it in Python.",
    "pool": "multiprocessing cannot be used where this is graded: write a loop, or use "
    "concurrent.futures.ThreadPoolExecutor.",
    "asyncio": "asyncio cannot be used where this is graded: write functions without async.",
    "thread": "No more threads can be started where this is graded: write a loop.",
    "input": "Nobody can answer input() where this is graded: take what you need as an argument, "
    'and ask under if __name__ == "__main__".',
    "other": "That is not possible where this is graded ({what}): use the arguments alone.",
}


def told_refusal(raised: Raised, what: str) -> str:
    """One sentence on what the lock refused, or "".

    Args:
        what: the exception in words.
    """
    told = _TOLD.get(raised.refused, "")
    named = f" ({raised.file})" if raised.file else ""
    filled = told.replace("{ file}", named).replace("{file}", raised.file or "A file")
    return filled.replace("{what}", what)
