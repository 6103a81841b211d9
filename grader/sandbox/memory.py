"""Fresh memory that is never zero by luck.

`np.empty` and `torch.empty` hand out memory as it is, and so does a division with `where` and
without `out`. In a young process it often holds zeros, or what the last array left there: wrong
code then gives the right answer today and another one tomorrow. Here every fresh byte is 0xC1: as a
float64 -5.9e8, as a float32 -24.2, as an integer another number that nobody expects. It is not nan,
since nan is also what 0 / 0 gives, and that is another mistake.

glibc fills what `malloc` hands out (`M_PERTURB`), except what lies in a thread's own cache: that
one is switched off in the environment of every process that we start (GLIBC_TUNABLES, in
processes/interpreter.py). NumPy keeps small arrays in a cache of its own, so here it asks glibc for
each of them. Together that costs a tenth of a microsecond an array. Without glibc nothing happens.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["fill_fresh_memory", "prepare"]

#: Option of `mallopt`: what is handed out is filled with `value ^ 0xFF`.
_M_PERTURB = -6
_VALUE = 0xC1 ^ 0xFF
#: Alignment of NumPy's memory in bytes, as PyTorch has it.
_ALIGNMENT = 64
#: Where NumPy's table of functions has PyDataMem_SetHandler; within an ABI the table only grows.
_SET_HANDLER = 304
_KNOWN_ABIS = (0x1000009, 0x2000000)
_RAW = 0  # PYMEM_DOMAIN_RAW
_NAME = b"mem_handler"  # what NumPy wants the capsule to be called; its address is kept, too


class _Allocator(ctypes.Structure):
    """PyMemAllocatorEx of Python and PyDataMemAllocator of NumPy: one layout."""

    _fields_ = (
        ("context", ctypes.c_void_p),
        ("malloc", ctypes.c_void_p),
        ("calloc", ctypes.c_void_p),
        ("realloc", ctypes.c_void_p),
        ("free", ctypes.c_void_p),
    )


class _Handler(ctypes.Structure):
    """PyDataMem_Handler of NumPy."""

    _fields_ = (
        ("name", ctypes.c_char * 127),
        ("version", ctypes.c_uint8),
        ("allocator", _Allocator),
    )


_HELD: list[_Handler] = []


def fill_fresh_memory() -> bool:
    """From now on what this thread's arrays and tensors get is filled before it is handed out.

    Returns:
        Whether that can be done here.
    """
    switch = prepare()
    if switch is None:
        return False
    switch()
    return True


@functools.cache
def prepare() -> Callable[[], None] | None:
    """What switches it on, found before a fork so that no fork has to look for it."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "gnu_get_libc_version"):
        return None
    functions = _functions_of_numpy()
    if functions is None:
        return None
    set_handler = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object)(functions[_SET_HANDLER])
    capsule = _capsule(libc)

    def switch() -> None:
        libc.mallopt(_M_PERTURB, _VALUE)
        set_handler(capsule)

    return switch


def _functions_of_numpy() -> Any:
    """NumPy's table of functions for C; None if this is a table that we do not know."""
    core = np._core if hasattr(np, "_core") else np.core
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
    address = pointer(core._multiarray_umath._ARRAY_API, None)
    functions = ctypes.cast(address, ctypes.POINTER(ctypes.c_void_p))
    version = ctypes.PYFUNCTYPE(ctypes.c_uint)(functions[0])()
    return functions if version in _KNOWN_ABIS else None


def _capsule(libc: ctypes.CDLL) -> Any:
    """A handler that gets memory by `aligned_alloc`, and does all else as Python does.

    Python's functions take a context that they ignore; that of `aligned_alloc` is the alignment.
    """
    ours = _Allocator()
    ctypes.pythonapi.PyMem_GetAllocator(_RAW, ctypes.byref(ours))
    ours.malloc = ctypes.cast(libc.aligned_alloc, ctypes.c_void_p)
    ours.context = _ALIGNMENT
    _HELD.append(_Handler(b"filled", 1, ours))  # NumPy keeps its address
    new = ctypes.pythonapi.PyCapsule_New
    new.restype = ctypes.py_object
    new.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
    return new(ctypes.addressof(_HELD[-1]), _NAME, None)
