"""What `--json` prints: a value as JSON that people can read, too, and nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
import typer

__all__ = ["json_of", "print_json"]


def json_of(value: Any) -> bytes:
    """A value as indented JSON; points are numbers, exact as they are."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    return msgspec.json.format(encoder.encode(value), indent=2)


def print_json(value: Any) -> None:
    """Print it on standard output."""
    typer.echo(json_of(value).decode())
