import ctypes
import errno
import os

LIBC = ctypes.CDLL(None, use_errno=True)
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


class Span(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def reached():
    found = []
    buffer = ctypes.create_string_buffer(64)
    here = Span(ctypes.addressof(buffer), 64)
    there = Span(id(found), 64)  # forked: what lies here lies there
    for pid in (os.getppid(), os.getppid() - 1, os.getppid() + 1, os.getpid() - 1, 1):
        for name in ("process_vm_readv", "process_vm_writev"):
            count = getattr(LIBC, name)(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
            if count >= 0 or ctypes.get_errno() not in REFUSED:
                found.append(f"{name} {pid}: {count} {errno.errorcode.get(ctypes.get_errno())}")
        try:
            found.append(f"mem {pid}: {open(f'/proc/{pid}/mem', 'rb', 0)}")
        except OSError:
            pass
    return found
