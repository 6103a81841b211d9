"""Nodes and buffers back to values: the reading half of `grader.sandbox.wire.nodes`."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

import numpy as np

from grader.sandbox.wire.nodes import (
    AXES_LIMIT,
    DEPTH_LIMIT,
    DICT_LIMIT,
    DIGIT_LIMIT,
    ELEMENT_LIMIT,
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
    Malformed,
    Node,
    Scalar,
    Size,
    Tensor,
    Tuple,
    loaded_torch,
    padded,
)
from grader.sandbox.wire.values import is_text

__all__ = ["Decoder"]

#: What a call can change in itself; no other node stands for such a thing.
_CHANGEABLE = frozenset((Array, Tensor, List, Tuple, Dict))
#: Nodes that are values already.
_VALUES = frozenset((type(None), bool, int, float, str))
#: Bytes of a buffer up to which copies of it are compared.
_SMALL = 1 << 16


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
            start += padded(size)
        if start != len(body):
            raise Malformed("the body is not the sum of its buffers")

    def value(self, node: Node) -> Any:
        """The value of a node.

        Raises:
            Malformed: if no honest encoder could have written it.
        """
        if type(node) in _VALUES:
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

    def untouched(self, nodes: Iterable[Node], values: Iterable[Any]) -> bool:
        """Whether values that came of these nodes are still as they were when they came.

        False also where that is not quickly told.
        """
        for node, value in zip(nodes, values, strict=True):
            if type(node) in _CHANGEABLE and not self._is_untouched(node, value):
                return False
        for number, owner in self._owners.items():
            raw = self._slices[number]
            if raw.nbytes <= _SMALL:  # two copies and one look are faster than a look at each byte
                same = owner.tobytes() == raw.tobytes()
            else:
                same = owner.reshape(-1).view(np.uint8).data == raw
            if not same:
                return False
        return True

    def memory(self) -> set[tuple[int, int]]:
        """Address and size of all memory that decoded arrays and tensors lie in."""
        return {
            (owner.__array_interface__["data"][0], owner.nbytes) for owner in self._owners.values()
        }

    def _is_untouched(self, node: Any, value: Any) -> bool:
        """Everything but the numbers in arrays and tensors, which lie in their owners."""
        cls = type(node)
        if cls is Array:
            return (
                type(value) is np.ndarray
                and value.shape == node.shape
                and value.strides == node.strides
                and value.dtype.str == node.dtype
                and value.flags.writeable == node.writeable
            )
        if cls is Tensor:
            return self._is_untouched_tensor(node, value)
        if cls is List or cls is Tuple:
            return (
                type(value) is (list if cls is List else tuple)
                and len(value) == len(node.items)
                and all(map(self._is_untouched, node.items, value))
            )
        if cls is Dict:
            return type(value) is dict and self._is_untouched(
                List(tuple([part for pair in node.items for part in pair])),
                [part for pair in value.items() for part in pair],
            )
        return bool(value is node)  # numbers and texts; anything else is sent back in full

    def _is_untouched_tensor(self, node: Tensor, value: Any) -> bool:
        torch, owner = loaded_torch(), self._owners[node.buffer]
        start = owner.__array_interface__["data"][0]
        return (
            type(value) is torch.Tensor
            and tuple(value.shape) == node.shape
            and value.stride() == node.stride
            and str(value.dtype).endswith(f".{node.dtype}")
            and value.requires_grad == node.requires_grad
            and not (value.is_conj() or value.is_neg())
            and value.data_ptr() == start + node.offset * value.element_size()
        )

    def _bigint(self, node: BigInt) -> int:
        if len(node.digits) > DIGIT_LIMIT + 1 or not re.fullmatch(r"-?[0-9a-f]+", node.digits):
            raise Malformed("not an integer")
        return int(node.digits, 16)

    def _dict(self, node: Dict) -> dict[Any, Any]:
        if len(node.items) > DICT_LIMIT:
            raise Malformed("a dict of too many entries")
        return {self.value(key): self.value(item) for key, item in node.items}

    def _scalar(self, node: Scalar) -> Any:
        if node.dtype == "U":
            return np.str_(node.data.decode())
        if node.dtype == "S":
            return np.bytes_(node.data)
        dtype = _numpy_dtype(node.dtype)
        if len(node.data) != dtype.itemsize or dtype.kind in "US":
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
        kind = dtype.kind
        if kind == "b" and count and array.view(np.uint8).max() > 1:
            raise Malformed("a bool that is neither 0 nor 1")
        if kind == "U" and not is_text(array):
            raise Malformed("text that is none")
        if not node.writeable:
            array.flags.writeable = False
        return array

    def _tensor(self, node: Tensor) -> Any:
        torch = loaded_torch()
        if torch is None:
            raise Malformed("a tensor, and no torch here")
        if node.dtype not in TORCH_DTYPES or len(node.stride) != len(node.shape):
            raise Malformed("not a tensor")
        dtype = getattr(torch, node.dtype)
        count = self._count(node.shape, dtype.itemsize)
        raw = self._raw(node.buffer)
        last = node.offset
        for n, step in zip(node.shape, node.stride, strict=True):
            last += (n - 1) * step
        if node.offset < 0 or min(node.stride, default=0) < 0:
            raise Malformed("a tensor reaches before its storage")
        if count and (last + 1) * dtype.itemsize > raw.nbytes:
            raise Malformed("a tensor reaches beyond its storage")
        owner = self._owners.get(node.buffer)
        if owner is None:
            owner = np.frombuffer(raw, np.uint8).copy()
            self._owners[node.buffer] = owner
        flat = owner.reshape(-1).view(np.uint8)
        is_whole = count and count * dtype.itemsize == raw.nbytes and node.dtype in SHARED_DTYPES
        if is_whole and node.stride == _contiguous(node.shape):
            tensor = torch.from_numpy(flat.view(node.dtype).reshape(node.shape))
        else:  # the same at twice the time
            storage = torch.from_numpy(flat).untyped_storage()
            tensor = torch.empty(0, dtype=dtype).set_(storage, node.offset, node.shape, node.stride)
        if dtype is torch.bool and count and tensor.view(torch.uint8).max() > 1:
            raise Malformed("a bool that is neither 0 nor 1")
        return tensor.requires_grad_() if node.requires_grad else tensor

    def _dtype(self, node: DType) -> Any:
        if node.library == "numpy":
            return _numpy_dtype(node.name)
        torch = loaded_torch()
        dtype = getattr(torch, node.name, None) if torch is not None else None
        if dtype is None or type(dtype) is not torch.dtype:
            raise Malformed("not a dtype")
        return dtype

    def _size(self, node: Size) -> Any:
        torch = loaded_torch()
        if torch is None:
            raise Malformed("a torch.Size, and no torch here")
        return torch.Size(node.shape)

    def _count(self, shape: tuple[int, ...], itemsize: int) -> int:
        """Number of elements; all arrays of the frame together may not be larger than allowed."""
        if len(shape) > AXES_LIMIT or min(shape, default=0) < 0:
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


@functools.lru_cache(256)
def _numpy_dtype(name: str) -> np.dtype[Any]:
    if not (NUMERIC_DTYPE.fullmatch(name) or TEXT_DTYPE.fullmatch(name)):
        raise Malformed("not a dtype of numbers or text")
    return np.dtype(name)


def _contiguous(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides, in elements, of a tensor that lies in order and without gaps."""
    strides, step = [], 1
    for n in reversed(shape):
        strides.append(step)
        step *= n
    return tuple(reversed(strides))


def _is_c(shape: tuple[int, ...], strides: tuple[int, ...], itemsize: int) -> bool:
    expected = itemsize
    for n, stride in zip(reversed(shape), reversed(strides), strict=True):
        if n > 1 and stride != expected:
            return False
        expected *= n
    return True
