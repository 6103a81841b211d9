"""The arguments of a call as it left them; most calls leave them alone, and they stay here."""

from __future__ import annotations

from typing import Any, NamedTuple

from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.encoder import Encoder
from grader.sandbox.wire.nodes import HandleNode, Node
from grader.sandbox.wire.protocol import Do

__all__ = ["NO_ARGUMENTS", "Left", "left_of"]


class Left(NamedTuple):
    """Whether arguments are as they were sent; if not, each as it is now."""

    same: bool
    args: tuple[Node, ...]
    kwargs: dict[str, Node]


#: Of what is no call.
NO_ARGUMENTS = Left(False, (), {})


def left_of(
    do: Do, decoder: Decoder, encoder: Encoder, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Left:
    """What a call left of its arguments.

    Args:
        decoder: what they were read by.
        encoder: what the result was written by; they are written after it.
        args, kwargs: they, as far as they could be read.
    """
    if _are_same(do, decoder, encoder, args, kwargs):
        return Left(True, (), {})
    after = tuple([_after(encoder, n, v) for n, v in zip(do.args, args, strict=False)])
    return Left(
        False, after, {key: _after(encoder, do.kwargs[key], v) for key, v in kwargs.items()}
    )


def _are_same(
    do: Do, decoder: Decoder, encoder: Encoder, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> bool:
    """Whether the arguments need not travel back: untouched, and no part of the result."""
    if len(args) != len(do.args) or kwargs.keys() != do.kwargs.keys():
        return False  # they could not be read
    if encoder.size and encoder.reaches(decoder.memory()):
        return False
    return decoder.untouched((*do.args, *do.kwargs.values()), (*args, *kwargs.values()))


def _after(encoder: Encoder, before: Node, value: Any) -> Node:
    """An argument as the call left it; what was a handle stays one."""
    return before if isinstance(before, HandleNode) else encoder.node(value)
