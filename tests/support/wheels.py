"""What is installed here, packed as wheels again, for pip without a network."""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from importlib import metadata
from pathlib import Path

__all__ = ["pack"]


def pack(names: Collection[str], folder: Path) -> Path:
    """Write a wheel of each distribution, uncompressed; scripts are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        known = metadata.distribution(name)
        about = known.read_text("WHEEL") or ""
        tags = [line[5:] for line in about.splitlines() if line.startswith("Tag: ")]
        tag = next(tag for tag in tags if not tag.startswith("py2-"))
        stem = known.metadata["Name"].replace("-", "_").replace(".", "_")
        with zipfile.ZipFile(folder / f"{stem}-{known.version}-{tag}.whl", "w") as archive:
            for file in known.files or ():
                inside = file.as_posix()
                if ".." in file.parts or "__pycache__" in file.parts:
                    continue
                if inside.endswith(("INSTALLER", "direct_url.json", "REQUESTED")):
                    continue
                archive.write(file.locate(), inside)
    return folder
