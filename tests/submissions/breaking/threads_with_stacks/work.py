import threading
import time


def length(v):
    threading.stack_size(64 << 20)
    for _ in range(64):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    raise SystemExit("four gigabytes of stacks")
