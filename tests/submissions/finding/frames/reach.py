import re
import sys
import threading

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    found = []
    for frame in [sys._getframe(), *sys._current_frames().values()]:
        while frame is not None:
            found += MARK.findall(f"{frame.f_locals!r}{frame.f_globals!r}{frame.f_code.co_consts!r}")
            if "test_" in frame.f_code.co_filename or "expected" in frame.f_locals:
                found.append(frame.f_code.co_filename)
            frame = frame.f_back
    return found + [thread.name for thread in threading.enumerate()][1:]
