import ctypes
import gc
import re
import time

MARK = re.compile(rb"CANARY-[a-z]+-\w{6}")
PAGE = 4096


def reached():
    gc.unfreeze()
    pages, until = set(), time.monotonic() + 0.2
    for thing in gc.get_objects():
        if time.monotonic() > until:
            break
        pages.add(id(thing) // PAGE)
        pages.update(id(held) // PAGE for held in gc.get_referents(thing))
    found, run, until = set(), [], time.monotonic() + 0.2
    for page in [*sorted(pages), None]:
        if run and page != run[-1] + 1:
            found.update(MARK.findall(ctypes.string_at(run[0] * PAGE, len(run) * PAGE)))
            run = []
            if time.monotonic() > until:
                break
        run.append(page)
    print(found)
    return sorted(map(str, found))
