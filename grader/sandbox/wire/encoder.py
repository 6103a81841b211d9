"""Values to nodes and buffers: the writing half of `grader.sandbox.wire.nodes`."""

from __future__ import annotations

import functools
import math
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.sandbox.wire.nodes import (
    ALIGN,
    AXES_LIMIT,
    BODY_LIMIT,
    DEPTH_LIMIT,
    DICT_LIMIT,
    DIGIT_LIMIT,
    ELEMENT_LIMIT,
    HEADER_LIMIT,
    KIND_LIMIT,
    NUMERIC_DTYPE,
    SHARED_DTYPES,
    TEXT_DTYPE,
    TORCH_DTYPES,
    VIEW_LIMIT,
    Array,
    BigInt,
    Bytes,
    Complex,
    Dict,
    DType,
    HandleNode,
    List,
    Node,
    Remote,
    Scalar,
    Size,
    Tensor,
    TooLarge,
    Tuple,
    loaded_torch,
    node_of,
    padded,
)
from grader.sandbox.wire.values import is_text

__all__ = ["Encoder", "kind_name"]

#: Buffers up to this many bytes are copied at once: a view and its padding cost more.
_SMALL = 1 << 12


def kind_name(value: object) -> str:
    """The type's name as people write it: `list`, `numpy.matrix`, `torch.nn.Linear`."""
    cls = type(value)
    module = getattr(cls, "__module__", "")
    name = getattr(cls, "__qualname__", "?")
    if not isinstance(module, str) or not isinstance(name, str):
        return "?"
    known = module.partition(".")[0] in ("numpy", "torch")
    return (f"{module}.{name}" if known else name)[:KIND_LIMIT]


@functools.lru_cache(256)
def _crosses(dtype: str) -> bool:
    return NUMERIC_DTYPE.fullmatch(dtype) is not None or TEXT_DTYPE.fullmatch(dtype) is not None


class Encoder:
    """Turns values into nodes and buffers, for one frame.

    Args:
        keep: stores a value that cannot cross and returns its number; None refuses such values.
    """

    def __init__(self, keep: Callable[[object], int] | None = None) -> None:
        self.size = 0
        self._sizes: list[int] = []
        self._pieces: list[bytes | memoryview] = []
        self._views = 0
        self._keep = keep
        self._seen: dict[tuple[int, int], int] = {}
        self._alive: list[Any] = []

    def node(self, value: Any, depth: int = 0) -> Node:
        """The node for `value`; containers deeper than the limit stay behind as handles."""
        cls = type(value)
        if value is None or cls is bool or cls is float:
            return value  # type: ignore[no-any-return]
        if cls is int:
            return self._int(value)
        if cls is str:
            return self._str(value)
        if cls is np.ndarray:
            return self._array(value)
        if depth < DEPTH_LIMIT:
            if cls is list:
                return List(tuple([self.node(v, depth + 1) for v in value]))
            if cls is tuple:
                return Tuple(tuple([self.node(v, depth + 1) for v in value]))
            if cls is dict or cls is OrderedDict:  # a module's state_dict is one
                if len(value) > DICT_LIMIT:
                    return self._handle(value, f"dict of {len(value):,}")
                pairs = value.items()
                return Dict(
                    tuple([(self.node(k, depth + 1), self.node(v, depth + 1)) for k, v in pairs])
                )
        return self._rest(value, cls)

    def _rest(self, value: Any, cls: type) -> Node:
        if cls is complex:
            return Complex(value.real, value.imag)
        if cls is bytes:
            if len(value) > HEADER_LIMIT // 4:
                return self._handle(value, f"bytes ({len(value):,} of them)")
            return Bytes(value)
        if issubclass(cls, np.generic) and cls.__module__ == "numpy":
            dtype = value.dtype.str
            if NUMERIC_DTYPE.fullmatch(dtype):
                return Scalar(dtype, value.tobytes())
            if cls is np.str_ or cls is np.bytes_:
                return self._text(value)
        if isinstance(value, np.dtype) and _crosses(value.str):
            return DType("numpy", value.str)
        torch = loaded_torch()
        if torch is not None:
            if cls is torch.Tensor or cls is torch.nn.Parameter:
                return self._any_tensor(torch, value)
            if cls is torch.Size:
                return Size(tuple(int(n) for n in value))
            if cls is torch.dtype:
                return DType("torch", str(value).removeprefix("torch."))
        return self._handle(value)

    def _handle(self, value: object, kind: str = "") -> HandleNode:
        if self._keep is None:
            if issubclass(type(value), Remote):  # on its way back
                remote: Any = value
                return node_of(remote)
            raise TypeError(f"a {kind or kind_name(value)} cannot cross the border")
        return HandleNode(self._keep(value), (kind or kind_name(value))[:KIND_LIMIT])

    def _int(self, value: int) -> Node:
        if -(1 << 63) <= value < 1 << 63:
            return value
        if value.bit_length() > 4 * DIGIT_LIMIT:
            return self._handle(value, f"int ({value.bit_length():,} bits)")
        return BigInt(f"{value:x}")

    def _str(self, value: str) -> Node:
        if len(value) > HEADER_LIMIT // 4:
            return self._handle(value, f"str ({len(value):,} characters)")
        try:
            value.encode()
        except UnicodeEncodeError:  # a lone surrogate has no place in UTF-8
            return self._handle(value, "str (not text)")
        return value

    def _text(self, value: Any) -> Node:
        """A NumPy scalar of text or bytes."""
        plain = self.node(value.item())
        if isinstance(plain, str):
            return Scalar("U", plain.encode())
        return Scalar("S", plain.data) if isinstance(plain, Bytes) else plain

    def _array(self, array: Any) -> Node:
        dtype, shape, size = array.dtype.str, array.shape, array.nbytes
        if not _crosses(dtype):
            return self._handle(array, f"numpy.ndarray of dtype {array.dtype}")
        if not is_text(array):
            return self._handle(array, f"numpy.ndarray of dtype {array.dtype}, not text")
        if len(shape) > AXES_LIMIT:
            return self._handle(array, f"numpy.ndarray of {array.ndim} axes")
        if array.size > ELEMENT_LIMIT or size > BODY_LIMIT:
            return self._handle(array, f"numpy.ndarray of shape {shape}, too large to read")
        self._view(size)
        flags = array.flags
        writeable = flags.writeable
        base = array
        while type(base.base) is np.ndarray:
            base = base.base
        if base is not array:
            flags = base.flags
        is_wide = base.nbytes > 4096 + 8 * size or base.dtype.hasobject
        if size == 0 or not flags.forc or is_wide:
            array = base = np.array(array, order="C", copy=True)
            flags = base.flags
        start = base.__array_interface__["data"][0]
        return Array(
            dtype,
            shape,
            array.strides,
            array.__array_interface__["data"][0] - start if array is not base else 0,
            writeable,
            array is base and base.base is None,
            self._buffer((start, base.nbytes), base if flags.c_contiguous else base.T),
        )

    def _any_tensor(self, torch: Any, tensor: Any) -> Node:
        """A tensor; one that does not even tell its shape, as a nested one, stays behind."""
        try:
            return self._tensor(torch, tensor)
        except RuntimeError:
            return self._handle(tensor, "torch.Tensor without plain memory")

    def _tensor(self, torch: Any, tensor: Any) -> Node:
        name = str(tensor.dtype).removeprefix("torch.")
        if name not in TORCH_DTYPES or tensor.layout != torch.strided or tensor.is_meta:
            return self._handle(tensor, f"torch.Tensor of {name}, {tensor.layout}")
        shape = tuple([int(n) for n in tensor.shape])
        if len(shape) > AXES_LIMIT:
            return self._handle(tensor, f"torch.Tensor of {len(shape)} axes")
        if math.prod(shape) > ELEMENT_LIMIT:
            return self._handle(tensor, f"torch.Tensor of shape {shape}, too large to read")
        plain = tensor.detach().resolve_conj().resolve_neg()
        wanted = math.prod(shape) * plain.element_size()
        self._view(wanted)
        if plain.untyped_storage().nbytes() > 4096 + 8 * wanted or wanted == 0:
            plain = plain.clone(memory_format=torch.contiguous_format)
        storage = plain.untyped_storage()
        if storage.nbytes() == wanted and name in SHARED_DTYPES and plain.is_contiguous():
            flat = plain.numpy()  # all of its memory; half the time of what follows
        else:
            flat = torch.empty(0, dtype=torch.uint8).set_(storage).numpy()
        return Tensor(
            name,
            shape,
            tuple(plain.stride()),
            plain.storage_offset(),
            bool(tensor.requires_grad),
            self._buffer((storage.data_ptr(), storage.nbytes()), flat),
        )

    def _view(self, size: int) -> None:
        self._views += size
        if self._views > VIEW_LIMIT:
            raise TooLarge(f"arrays of {self._views:,} bytes; a frame holds {VIEW_LIMIT:,}")

    def _buffer(self, key: tuple[int, int], flat: Any) -> int:
        """The number of the buffer for memory `key`: memory that is shared is sent once."""
        number = self._seen.get(key)
        if number is None:
            size = flat.nbytes
            self.size += padded(size)
            if self.size > BODY_LIMIT:
                raise TooLarge(f"arrays of {self.size:,} bytes; a frame holds {BODY_LIMIT:,}")
            number = self._seen[key] = len(self._sizes)
            self._sizes.append(size)
            if size <= _SMALL:
                self._pieces.append(flat.tobytes().ljust(padded(size), b"\0"))
            else:
                self._pieces.append(memoryview(flat.reshape(-1).view(np.uint8)))
                if size % ALIGN:
                    self._pieces.append(bytes(padded(size) - size))
            self._alive.append(flat)  # an address is only an identity while its owner lives
        return number

    def reaches(self, memory: set[tuple[int, int]]) -> bool:
        """Whether something that was written lies in one of these stretches of memory."""
        return not memory.isdisjoint(self._seen)

    def body(self) -> tuple[list[int], list[Any]]:
        """Sizes of the buffers, and the pieces of the body: bytes, padded to sixteen of them."""
        return self._sizes, self._pieces
