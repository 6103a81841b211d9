import atexit
import gc
import signal
import sys
import threading
import time

LATER = []


def spin():
    while True:
        time.sleep(0.01)


def reached():
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, lambda *args: None)
    for _ in range(3):
        threading.Thread(target=spin, name="wxb_was_here").start()
    atexit.register(spin)
    sys.setswitchinterval(100)
    sys.setrecursionlimit(200)
    gc.disable()
    threading.settrace(lambda *args: None)
    return []
