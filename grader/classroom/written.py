"""A file in another's place: whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

__all__ = ["replace_file"]


def replace_file(path: Path, data: bytes, *, many: bool = False) -> None:
    """Write a file that only its owner may read: marks are nobody else's.

    Args:
        many: it is one of many that can be written again, so nobody waits for the disk each time.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    new = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
    try:
        with new.open("xb") as file:
            new.chmod(0o600)
            file.write(data)
            file.flush()
            if not many:
                os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        if error.filename is None:  # a write does not say for which file
            error.filename = str(path)
        raise
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
