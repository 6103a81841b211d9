import ctypes
import mmap
import os

# x86_64: mov eax, edi; syscall; ret, for a call without arguments
CODE = b"\x89\xf8\x0f\x05\xc3"
CALLS = {"fork": 57, "vfork": 58, "setsid": 112, "inotify": 253, "sync": 162}


def reached():
    if os.uname().machine != "x86_64":
        return []
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    function = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_long)(address)
    found = []
    for name, number in CALLS.items():
        before = os.getpid()
        answer = function(number)
        if os.getpid() != before:
            os._exit(0)
        if answer >= 0:
            found.append(f"{name}: {answer}")
    return found
