import ctypes
import gc
import re

MARK = re.compile(rb"CANARY-[a-z]+-\w{6}")
PAGE = 4096


def reached():
    gc.unfreeze()
    pages = set()
    for thing in gc.get_objects():
        pages.add(id(thing) // PAGE)
        pages.update(id(held) // PAGE for held in gc.get_referents(thing))
    found = set()
    for page in pages:
        found.update(MARK.findall(ctypes.string_at(page * PAGE, PAGE)))
    print(found)
    return sorted(map(str, found))
