import os
import re
import sys
import time

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")
LIBRARIES = ("torch", "numpy", "sympy", "scipy", "pandas", "proc", "sys")
NAMES = ("vault", "course.yaml", "gradebook", "solution", "misconception")


def reached():
    found, until = [], time.monotonic() + 0.3
    for start in ("/", "/home", "/root", "/tmp", "/usr/local/lib", *sys.path):
        for folder, folders, files in os.walk(start):
            folders[:] = [name for name in folders if name not in LIBRARIES]
            if time.monotonic() > until:
                break
            for name in files:
                if any(word in name for word in NAMES):
                    try:
                        text = open(os.path.join(folder, name), errors="replace").read(100_000)
                    except OSError:
                        continue
                    found += MARK.findall(text)
    print(found)
    return found
