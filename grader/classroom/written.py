"""A file in another's place: whole or not at all."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

__all__ = ["replace_file"]


def replace_file(path: Path, data: bytes, *, many: bool = False, has_marks: bool = True) -> None:
    """Write a file.

    Args:
        many: it is one of many that can be written again, so nobody waits for the disk each time.
        has_marks: only its owner may read it: marks are nobody else's. False: who could read what
            was there can read it.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    new = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
    try:
        with new.open("xb") as file:
            if has_marks:
                new.chmod(0o600)
            elif path.exists():
                shutil.copymode(path, new)
            file.write(data)
            file.flush()
            if not many:
                os.fsync(file.fileno())
        new.replace(path)
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
