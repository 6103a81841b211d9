import inspect
import linecache
import re
import sys

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    texts = ["".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2]
    frame = sys._getframe()
    while frame is not None:
        try:
            texts.append(inspect.getsource(frame.f_code))
        except OSError:
            pass
        texts.append(str(inspect.getdoc(frame.f_globals.get("__doc__"))))
        frame = frame.f_back
    files = [name for name in linecache.cache if "test_" in name or "solutions" in name]
    return files + MARK.findall("".join(texts))
