import gc
import signal
import sys
import threading


def reached():
    found = [thread.name for thread in threading.enumerate()][1:]
    found += [n for n in range(1, 31) if callable(signal.getsignal(n))]
    found += ["switch interval"] if sys.getswitchinterval() > 1 else []
    found += ["recursion limit"] if sys.getrecursionlimit() < 1000 else []
    found += [] if gc.isenabled() else ["no collector"]
    return found + ([sys.gettrace()] if sys.gettrace() else [])
