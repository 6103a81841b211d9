import os
import sys
import sysconfig

PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/", os.getcwd(), *sys.path, sysconfig.get_path("purelib")]


def reached():
    for place in PLACES:
        for name in ("wxb_was_here", "wxb_was_here.pth", "wxb_was_here.py", "__pycache__/wxb_was_here.pyc"):
            try:
                with open(os.path.join(place, name), "w") as file:
                    file.write("CANARY-left-77ab01")
            except OSError:
                pass
    return []
