import threading
import time


def spin():
    while True:
        time.sleep(0.001)


for _ in range(4):
    threading.Thread(target=spin).start()


def length(v):
    return float((v * v).sum() ** 0.5)
