"""The wire: what may cross the border between judge and worker, and how it is written.

A frame is twelve bytes (header length, body length), a msgpack header and a body of raw
buffers. The header is a tree of the node types below and holds everything but the bytes of
arrays. Both parts are bounded before they are read: ten megabytes of hostile msgpack can decode
into hundreds, so the header is kept small and the arrays stay out of it.

Values cross by exact type: None, bool, int of any size, float, complex, str, bytes, list, tuple,
dict, NumPy scalars and arrays of numbers or text, torch tensors, dtypes, torch.Size. Anything else
stays in the worker and crosses as a `Handle`, which tests can call and read. Nothing is unpickled
or evaluated on either side.

Arrays keep dtype, shape, strides, offset, writeability and the identity of the memory they
share, so that read-only inputs, views and aliases arrive as what they were.
"""

from __future__ import annotations

import re
import sys
from typing import Annotated, Any

import msgspec

__all__ = [
    "ALIGN",
    "AXES_LIMIT",
    "BODY_LIMIT",
    "DEPTH_LIMIT",
    "DICT_LIMIT",
    "DIGIT_LIMIT",
    "ELEMENT_LIMIT",
    "HEADER_LIMIT",
    "KIND_LIMIT",
    "NUMERIC_DTYPE",
    "SHARED_DTYPES",
    "TEXT_DTYPE",
    "TORCH_DTYPES",
    "VIEW_LIMIT",
    "Array",
    "BigInt",
    "Bytes",
    "Complex",
    "DType",
    "Dict",
    "HandleNode",
    "List",
    "Malformed",
    "Node",
    "Remote",
    "Scalar",
    "Size",
    "Tensor",
    "TooLarge",
    "Tuple",
    "keep_tensors",
    "loaded_torch",
    "node_of",
    "padded",
]

#: Largest header, in bytes: about a hundred thousand numbers written as Python objects.
HEADER_LIMIT = 1 << 20
#: Largest body, in bytes: what arrays of one frame may hold together.
BODY_LIMIT = 1 << 26
#: Deepest nesting of lists, tuples and dicts.
DEPTH_LIMIT = 24
#: Most axes of one array: what every NumPy can hold.
AXES_LIMIT = 32
#: Most elements of one array; guards against zero strides, which cost no bytes.
ELEMENT_LIMIT = 1 << 24
#: Most entries of a dict: keys can be chosen to collide, and then each is compared with all others.
DICT_LIMIT = 256
#: Most bytes that the arrays of one frame may come to once each is written out: views share memory.
VIEW_LIMIT = 2 * BODY_LIMIT
#: Longest name of a handle's type.
KIND_LIMIT = 200
#: Most hexadecimal digits of an integer.
DIGIT_LIMIT = 1 << 16
#: Every buffer of a body starts at a multiple of this many bytes.
ALIGN = 16
#: The NumPy dtypes that cross, as `dtype.str` writes them.
NUMERIC_DTYPE = re.compile(r"[<>|][biufc](?:1|2|4|8|16|32)")
#: Those of arrays of text (four bytes a character) and of bytes.
TEXT_DTYPE = re.compile(r"[<>]U[1-9][0-9]{0,5}|\|S[1-9][0-9]{0,5}")
#: The torch dtypes that cross.
TORCH_DTYPES = frozenset(
    (
        *("float64", "float32", "float16", "bfloat16", "complex128", "complex64"),
        *("int64", "int32", "int16", "int8", "uint8", "bool"),
    )
)


#: Those of them that NumPy has as well, by the same names.
SHARED_DTYPES = TORCH_DTYPES - {"bfloat16"}


class Malformed(Exception):
    """Bytes or nodes that no honest peer would send."""


class TooLarge(Exception):
    """A value that does not fit into one frame."""


class _Node(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    pass


class BigInt(_Node, frozen=True, tag="i"):
    """An int beyond 64 bits, in hexadecimal."""

    digits: str


class Complex(_Node, frozen=True, tag="c"):
    real: float
    imag: float


class Bytes(_Node, frozen=True, tag="b"):
    data: bytes


class List(_Node, frozen=True, tag="l"):
    items: tuple[Node, ...]


class Tuple(_Node, frozen=True, tag="t"):
    items: tuple[Node, ...]


class Dict(_Node, frozen=True, tag="d"):
    items: tuple[tuple[Node, Node], ...]


class Scalar(_Node, frozen=True, tag="s"):
    """A NumPy scalar: `np.float32(1)` is not the float 1.0.

    Of text (dtype "U", as UTF-8) and bytes ("S") the dtype does not say the length.
    """

    dtype: str
    data: bytes


class Array(_Node, frozen=True, tag="a"):
    """A view of buffer number `buffer`; strides and offset in bytes, `owner` if it owned it."""

    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    offset: int
    writeable: bool
    owner: bool
    buffer: int


class Tensor(_Node, frozen=True, tag="T"):
    """A torch tensor over buffer number `buffer`; stride and offset in elements."""

    dtype: str
    shape: tuple[int, ...]
    stride: tuple[int, ...]
    offset: int
    requires_grad: bool
    buffer: int


class DType(_Node, frozen=True, tag="y"):
    library: str
    name: str


class Size(_Node, frozen=True, tag="z"):
    """A torch.Size."""

    shape: tuple[int, ...]


class HandleNode(_Node, frozen=True, tag="h"):
    """Something that stays in the worker: its number there, and the name of its type."""

    id: int
    kind: Annotated[str, msgspec.Meta(max_length=KIND_LIMIT)]


class Remote:
    """Base of what stands, on the judge's side, for something that stayed in the worker.

    It is encoded as its node. A subclass may answer for any attribute: `node_of` asks for none.
    """

    def __init__(self, node: HandleNode) -> None:
        object.__setattr__(self, "_wxb_node", node)


def node_of(remote: Remote) -> HandleNode:
    """The node that it was made from."""
    node: HandleNode = object.__getattribute__(remote, "_wxb_node")
    return node


Node = (
    None
    | bool
    | int
    | float
    | str
    | BigInt
    | Complex
    | Bytes
    | List
    | Tuple
    | Dict
    | Scalar
    | Array
    | Tensor
    | DType
    | Size
    | HandleNode
)


def padded(size: int) -> int:
    """The bytes that a buffer of `size` bytes takes in a body."""
    return -(-size // ALIGN) * ALIGN


def loaded_torch() -> Any:
    """The torch module if this process has imported it: nothing here may import it lazily."""
    return None if _kept_tensors else sys.modules.get("torch")


_kept_tensors: list[bool] = []


def keep_tensors() -> None:
    """From now on tensors stay in this process, for nobody on the other side could read them."""
    _kept_tensors.append(True)
