"""The arguments of one question, decoded once for all that are asked it.

Some fifty ideas are asked the same, and few of them change what they are given. What comes back
untouched goes to the next one.
"""

from __future__ import annotations

from typing import Any

from grader.sandbox.exchange import Exchange
from grader.sandbox.wire.decoder import Decoder
from grader.sandbox.wire.nodes import Dict, HandleNode, List, Tensor, Tuple
from grader.sandbox.wire.protocol import Op

__all__ = ["Given", "Lent", "has_handle"]

#: An op that can be asked, and what its arguments were decoded with.
Lent = tuple[Decoder, Op]


class Given:
    """The arguments of a question in which nothing stands for something in the worker.

    Attributes:
        args: the positional ones, as a call that leaves them alone gives them back.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._do, self._sizes, self._body = exchange.do, exchange.sizes, exchange.body
        self._nodes = (*self._do.args, *self._do.kwargs.values())
        self._lendable = not any(map(_collects_gradients, self._nodes))
        self._spare: Lent | None = None
        self.args = self._decoded()[1].args

    @property
    def size(self) -> int:
        """Bytes that all of it may take."""
        return 4 * len(self._body)

    def lend(self) -> Lent:
        """The op with arguments of its own."""
        spare, self._spare = self._spare, None
        return spare or self._decoded()

    def take_back(self, lent: Lent) -> bool:
        """Whether the arguments are still as they were when they were lent."""
        decoder, op = lent
        untouched = decoder.untouched(self._nodes, (*op.args, *op.kwargs.values()))
        if untouched and self._lendable:
            self._spare = lent
        return untouched

    def _decoded(self) -> Lent:
        decoder = Decoder(self._sizes, bytearray(self._body), lambda node: None)
        args = tuple([decoder.value(node) for node in self._do.args])
        kwargs = {key: decoder.value(node) for key, node in self._do.kwargs.items()}
        return decoder, Op(self._do.verb, self._do.name, 0, args, kwargs, self._do.keep)


def has_handle(node: Any) -> bool:
    """Whether something stands in a node, or in several, that is in the worker."""
    return isinstance(node, HandleNode) or any(map(has_handle, _inner(node)))


def _collects_gradients(node: Any) -> bool:
    """Whether there is a tensor in a node that keeps gradients: nobody sees those come."""
    of_its_own = isinstance(node, Tensor) and node.requires_grad
    return of_its_own or any(map(_collects_gradients, _inner(node)))


def _inner(node: Any) -> Any:
    if isinstance(node, List | Tuple | Dict):
        return node.items
    return node if isinstance(node, tuple) else ()
