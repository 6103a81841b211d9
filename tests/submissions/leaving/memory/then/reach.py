import ctypes
import gc
import re

PAGE = 4096
WORD = re.compile(rb"CANARY-left-90f[f]ee")  # does not match itself


def reached():
    gc.unfreeze()
    pages = {id(thing) // PAGE for thing in gc.get_objects()[-100_000:]}
    blocks = [ctypes.create_string_buffer(1 << n) for n in range(8, 20)]  # not cleared by malloc
    found = [page for page in pages if WORD.search(ctypes.string_at(page * PAGE, PAGE))]
    return found + [len(block) for block in blocks if WORD.search(block.raw)]
