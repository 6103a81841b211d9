import ctypes
import importlib.util
import linecache
import mmap
import os
import runpy
import sqlite3

import numpy as np

import grader

ROOT = os.path.dirname(os.path.dirname(grader.__file__))
COURSE = f"{ROOT}/tests/submissions/course"
SUITE = f"{COURSE}/tests/hidden/01_targets/test_vault.py"
LIBC = ctypes.CDLL(None, use_errno=True)


def by_folder():
    folder = os.open(COURSE, os.O_RDONLY | os.O_DIRECTORY)
    return os.read(os.open("tests/hidden/01_targets/test_vault.py", os.O_RDONLY, dir_fd=folder), 999)


def by_path_descriptor():
    return os.read(os.open(f"/proc/self/fd/{os.open(SUITE, os.O_PATH)}", os.O_RDONLY), 999)


def by_working_folder():
    os.chdir(COURSE)
    return open("tests/hidden/01_targets/test_vault.py").read()


def by_module():
    spec = importlib.util.spec_from_file_location("stolen", SUITE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.CANARY


def by_mapping():
    return bytes(mmap.mmap(os.open(SUITE, os.O_RDONLY), 0, prot=mmap.PROT_READ))


def by_c():
    stream = LIBC.fopen(SUITE.encode(), b"r")
    if not stream:
        raise OSError(ctypes.get_errno(), "fopen")
    return stream


def by_handle():
    handle = ctypes.create_string_buffer(b"\x80\0\0\0", 256)
    if LIBC.name_to_handle_at(-100, SUITE.encode(), handle, ctypes.byref(ctypes.c_int()), 0) < 0:
        raise OSError(ctypes.get_errno(), "name_to_handle_at")
    return "a handle"


DOORS = {
    "by_folder": by_folder,
    "by_path_descriptor": by_path_descriptor,
    "by_working_folder": by_working_folder,
    "by_module": by_module,
    "by_mapping": by_mapping,
    "by_c": by_c,
    "by_handle": by_handle,
    "listdir": lambda: os.listdir(COURSE),
    "scandir": lambda: list(os.scandir(COURSE)),
    "runpy": lambda: runpy.run_path(SUITE)["CANARY"],
    "numpy": lambda: np.fromfile(SUITE, np.uint8).tobytes(),
    "memmap": lambda: bytes(np.memmap(SUITE, np.uint8, "r")),
    "loadtxt": lambda: np.loadtxt(SUITE, str),
    "sqlite": lambda: sqlite3.connect(f"file:{SUITE}?mode=ro", uri=True).execute("select 1 from t"),
}


def reached():
    found = [f"linecache: {line}" for line in linecache.getlines(SUITE)]
    for name, door in DOORS.items():
        try:
            found.append(f"{name}: {door()!r}")
        except (OSError, ValueError, sqlite3.Error):
            pass
    print(found)
    return found
