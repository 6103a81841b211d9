import importlib
import os
import sys
import sysconfig

PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/", os.getcwd(), *sys.path, sysconfig.get_path("purelib")]


def reached():
    found = []
    for place in PLACES:
        for name in ("wxb_was_here", "wxb_was_here.pth", "wxb_was_here.py"):
            if os.path.exists(os.path.join(place, name)):
                found.append(f"{place}/{name}")
    try:
        found.append(importlib.import_module("wxb_was_here"))
    except ImportError:
        pass
    return found
