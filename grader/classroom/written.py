"""A file in another's place: whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

__all__ = ["replace_file", "replacing"]


def replace_file(path: Path, data: bytes, *, many: bool = False, has_marks: bool = True) -> None:
    """Write a file, as `replacing` does."""
    with replacing(path, many=many, has_marks=has_marks) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, *, many: bool = False, has_marks: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which takes its place once all of it is written.

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
            yield file
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
