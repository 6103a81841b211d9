"""Values to nodes and back: the two halves of `grader.sandbox.wire` that touch NumPy and torch."""

from __future__ import annotations

import math
import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from grader.sandbox.wire import (
    AXES_LIMIT,
    BODY_LIMIT,
    DEPTH_LIMIT,
    DICT_LIMIT,
    DIGIT_LIMIT,
    ELEMENT_LIMIT,
    HEADER_LIMIT,
    KIND_LIMIT,
    VIEW_LIMIT,
    Array,
    BigInt,
    Bytes,
    Complex,
    Dict,
    DType,
    HandleNode,
    List,
    Malformed,
    Node,
    Scalar,
    Size,
    Tensor,
    TooLarge,
    Tuple,
)

__all__ = ["Decoder", "Encoder", "kind_name"]

_ALIGN = 16
_NUMERIC = re.compile(r"[<>|][biufc](?:1|2|4|8|16|32)")
_TORCH_DTYPES = [
    "float64",
    "float32",
    "float16",
    "bfloat16",
    "complex128",
    "complex64",
    "int64",
    "int32",
    "int16",
    "int8",
    "uint8",
    "bool",
]


def kind_name(value: object) -> str:
    """The type's name as people write it: `list`, `numpy.matrix`, `torch.nn.Linear`."""
    cls = type(value)
    module = getattr(cls, "__module__", "")
    name = getattr(cls, "__qualname__", "?")
    if not isinstance(module, str) or not isinstance(name, str):
        return "?"
    known = module.partition(".")[0] in ("numpy", "torch")
    return (f"{module}.{name}" if known else name)[:KIND_LIMIT]


def _torch() -> Any:
    """The torch module if this process has imported it: nothing here may import it lazily."""
    return sys.modules.get("torch")


class Encoder:
    """Turns values into nodes and buffers, for one frame.

    Args:
        keep: stores a value that cannot cross and returns its number; None refuses such values.
    """

    def __init__(self, keep: Callable[[object], int] | None = None) -> None:
        self.buffers: list[Any] = []
        self.size = 0
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
            if _NUMERIC.fullmatch(dtype):
                return Scalar(dtype, value.tobytes())
        if isinstance(value, np.dtype) and _NUMERIC.fullmatch(value.str):
            return DType("numpy", value.str)
        torch = _torch()
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
            if hasattr(type(value), "wxb_node"):  # a handle on its way back
                return value.wxb_node()  # type: ignore[attr-defined,no-any-return]
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

    def _array(self, array: Any) -> Node:
        dtype = array.dtype.str
        if not _NUMERIC.fullmatch(dtype):
            return self._handle(array, f"numpy.ndarray of dtype {array.dtype}")
        if array.ndim > AXES_LIMIT:
            return self._handle(array, f"numpy.ndarray of {array.ndim} axes")
        if array.size > ELEMENT_LIMIT or array.nbytes > BODY_LIMIT:
            return self._handle(array, f"numpy.ndarray of shape {array.shape}, too large to read")
        self._view(array.nbytes)
        writeable = bool(array.flags.writeable)
        base = array
        while type(base.base) is np.ndarray:
            base = base.base
        if array.nbytes == 0 or not base.flags.forc or base.nbytes > 4096 + 8 * array.nbytes:
            array = base = np.array(array, order="C", copy=True)
        flat = base if base.flags.c_contiguous else base.T
        start = base.__array_interface__["data"][0]
        return Array(
            dtype,
            array.shape,
            array.strides,
            array.__array_interface__["data"][0] - start if array is not base else 0,
            writeable,
            array is base and base.base is None,
            self._buffer((start, base.nbytes), flat),
        )

    def _any_tensor(self, torch: Any, tensor: Any) -> Node:
        """A tensor; one that does not even tell its shape, as a nested one, stays behind."""
        try:
            return self._tensor(torch, tensor)
        except RuntimeError:
            return self._handle(tensor, "torch.Tensor without plain memory")

    def _tensor(self, torch: Any, tensor: Any) -> Node:
        name = str(tensor.dtype).removeprefix("torch.")
        if name not in _TORCH_DTYPES or tensor.layout != torch.strided or tensor.is_meta:
            return self._handle(tensor, f"torch.Tensor of {name}, {tensor.layout}")
        shape = tuple(int(n) for n in tensor.shape)
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
            raw = flat.reshape(-1).view(np.uint8) if flat.size else np.empty(0, np.uint8)
            self.size += _padded(raw.nbytes)
            if self.size > BODY_LIMIT:
                raise TooLarge(f"arrays of {self.size:,} bytes; a frame holds {BODY_LIMIT:,}")
            number = self._seen[key] = len(self.buffers)
            self.buffers.append(raw)
            self._alive.append(flat)  # an address is only an identity while its owner lives
        return number

    def body(self) -> tuple[list[int], list[Any]]:
        """Sizes of the buffers, and the pieces of the body, each padded to sixteen bytes."""
        sizes, pieces = [], []
        for raw in self.buffers:
            sizes.append(raw.nbytes)
            pieces.append(memoryview(raw))
            if raw.nbytes % _ALIGN:
                pieces.append(memoryview(bytes(_padded(raw.nbytes) - raw.nbytes)))
        return sizes, pieces


def _padded(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN


class Decoder:
    """Turns the nodes of one frame back into values; every number in them is distrusted.

    Args:
        sizes: sizes of the buffers in the body.
        body: the bytes of the body.
        handle: what a handle stands for on this side.
    """

    def __init__(
        self, sizes: Sequence[int], body: bytearray, handle: Callable[[HandleNode], object]
    ) -> None:
        self._handle = handle
        self._depth = 0
        self._views = 0
        self._owners: dict[int, Any] = {}
        self._slices: list[memoryview] = []
        view, start = memoryview(body), 0
        for size in sizes:
            if size < 0 or start + size > len(body):
                raise Malformed("a buffer reaches beyond the body")
            self._slices.append(view[start : start + size])
            start += _padded(size)
        if start != len(body):
            raise Malformed("the body is not the sum of its buffers")

    def value(self, node: Node) -> Any:
        """The value of a node.

        Raises:
            Malformed: if no honest encoder could have written it.
        """
        if node is None or isinstance(node, bool | int | float | str):
            return node
        self._depth += 1
        if self._depth > DEPTH_LIMIT + 1:
            raise Malformed("nested too deeply")
        try:
            return self._DECODE[type(node)](self, node)
        except Malformed:
            raise
        except Exception as error:
            raise Malformed(f"{type(node).__name__}: {error}") from None
        finally:
            self._depth -= 1

    def _bigint(self, node: BigInt) -> int:
        if len(node.digits) > DIGIT_LIMIT + 1 or not re.fullmatch(r"-?[0-9a-f]+", node.digits):
            raise Malformed("not an integer")
        return int(node.digits, 16)

    def _dict(self, node: Dict) -> dict[Any, Any]:
        if len(node.items) > DICT_LIMIT:
            raise Malformed("a dict of too many entries")
        return {self.value(key): self.value(item) for key, item in node.items}

    def _scalar(self, node: Scalar) -> Any:
        dtype = _numpy_dtype(node.dtype)
        if len(node.data) != dtype.itemsize:
            raise Malformed("a scalar of the wrong size")
        return np.frombuffer(node.data, dtype)[0]

    def _array(self, node: Array) -> Any:
        dtype = _numpy_dtype(node.dtype)
        count = self._count(node.shape, dtype.itemsize)
        if len(node.strides) != len(node.shape):
            raise Malformed("strides and shape differ in length")
        owner = self._owners.get(node.buffer)
        raw = self._raw(node.buffer)
        if node.owner and owner is None and count * dtype.itemsize == raw.nbytes:
            order: Any = "C" if _is_c(node.shape, node.strides, dtype.itemsize) else "F"
            array = np.ndarray(node.shape, dtype, raw, 0, None, order).copy(order)
            self._owners[node.buffer] = array if order == "C" else array.T
        else:
            if owner is None:
                owner = self._owners[node.buffer] = np.frombuffer(raw, np.uint8).copy()
            array = np.ndarray(node.shape, dtype, owner, node.offset, node.strides)
        if dtype.kind == "b" and count and array.view(np.uint8).max() > 1:
            raise Malformed("a bool that is neither 0 nor 1")
        if not node.writeable:
            array.flags.writeable = False
        return array

    def _tensor(self, node: Tensor) -> Any:
        torch = _torch()
        if torch is None:
            raise Malformed("a tensor, and no torch here")
        if node.dtype not in _TORCH_DTYPES or len(node.stride) != len(node.shape):
            raise Malformed("not a tensor")
        dtype = getattr(torch, node.dtype)
        count = self._count(node.shape, dtype.itemsize)
        raw = self._raw(node.buffer)
        last = node.offset + sum((n - 1) * s for n, s in zip(node.shape, node.stride, strict=True))
        if node.offset < 0 or min(node.stride, default=0) < 0:
            raise Malformed("a tensor reaches before its storage")
        if count and (last + 1) * dtype.itemsize > raw.nbytes:
            raise Malformed("a tensor reaches beyond its storage")
        owner = self._owners.get(node.buffer)
        if owner is None:
            owner = np.frombuffer(raw, np.uint8).copy()
            self._owners[node.buffer] = owner
        storage = torch.from_numpy(owner.reshape(-1).view(np.uint8)).untyped_storage()
        tensor = torch.empty(0, dtype=dtype).set_(storage, node.offset, node.shape, node.stride)
        if dtype is torch.bool and count and tensor.view(torch.uint8).max() > 1:
            raise Malformed("a bool that is neither 0 nor 1")
        return tensor.requires_grad_() if node.requires_grad else tensor

    def _dtype(self, node: DType) -> Any:
        if node.library == "numpy":
            return _numpy_dtype(node.name)
        torch = _torch()
        dtype = getattr(torch, node.name, None) if torch is not None else None
        if dtype is None or type(dtype) is not torch.dtype:
            raise Malformed("not a dtype")
        return dtype

    def _size(self, node: Size) -> Any:
        torch = _torch()
        if torch is None:
            raise Malformed("a torch.Size, and no torch here")
        return torch.Size(node.shape)

    def _count(self, shape: tuple[int, ...], itemsize: int) -> int:
        """Number of elements; all arrays of the frame together may not be larger than allowed."""
        if len(shape) > AXES_LIMIT or any(n < 0 for n in shape):
            raise Malformed("not a shape")
        count = math.prod(shape)
        self._views += count * itemsize
        if count > ELEMENT_LIMIT or self._views > VIEW_LIMIT:
            raise Malformed("too many elements")
        return count

    def _raw(self, number: int) -> memoryview:
        if not 0 <= number < len(self._slices):
            raise Malformed("no such buffer")
        return self._slices[number]

    _DECODE: ClassVar[dict[type, Callable[[Decoder, Any], Any]]] = {
        BigInt: _bigint,
        Complex: lambda self, node: complex(node.real, node.imag),
        Bytes: lambda self, node: node.data,
        List: lambda self, node: [self.value(item) for item in node.items],
        Tuple: lambda self, node: tuple([self.value(item) for item in node.items]),
        Dict: _dict,
        Scalar: _scalar,
        Array: _array,
        Tensor: _tensor,
        DType: _dtype,
        Size: _size,
        HandleNode: lambda self, node: self._handle(node),
    }


def _numpy_dtype(name: str) -> np.dtype[Any]:
    if not _NUMERIC.fullmatch(name):
        raise Malformed("not a numeric dtype")
    return np.dtype(name)


def _is_c(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    expected = itemsize
    for n, stride in zip(reversed(shape), reversed(strides), strict=True):
        if n > 1 and stride != expected:
            return False
        expected *= n
    return True
