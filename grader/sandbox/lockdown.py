"""TEMPORARY placeholder by the lead: helper 4 replaces this file."""

import ctypes
import signal

import msgspec


class Policy(msgspec.Struct, frozen=True):
    readable: tuple[str, ...]
    memory: int
    cpu: int
    scopes: bool = True


class Support(msgspec.Struct, frozen=True):
    missing: tuple[str, ...] = ("placeholder",)


class Prepared:
    pass


def available():
    return Support()


def prepare():
    return Prepared()


def die_with_parent(parent):
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def limit(policy, fd, parent):
    die_with_parent(parent)


def lock(prepared, policy, fd, parent):
    limit(policy, fd, parent)


def readable_paths(sys_path, protected):
    return tuple(p for p in sys_path if p)


def refuse(readable, protected):
    pass
