import os
import re

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")
NAMES = ("vault", "course.yaml", "gradebook", "solution", "misconception")


def reached():
    found = []
    for folder, folders, files in os.walk("/"):
        folders[:] = [name for name in folders if name not in ("site-packages", "torch")]
        for name in files:
            if any(word in name for word in NAMES) and "wxb" not in folder:
                try:
                    text = open(os.path.join(folder, name), errors="replace").read(100_000)
                except OSError:
                    continue
                found += MARK.findall(text)
    print(found)
    return found
