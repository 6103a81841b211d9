import ctypes
import mmap
import os
import platform

GETPID_32 = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret


def reached():
    if platform.machine() != "x86_64":
        return []
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(GETPID_32)
    code = ctypes.addressof(ctypes.c_char.from_buffer(page))
    answer = ctypes.CFUNCTYPE(ctypes.c_int)(code)()
    if answer == os.getpid():
        return ["a call of 32 bits"]
    return ["x32"] if ctypes.CDLL(None).syscall(0x40000000 | 39) == os.getpid() else []
