import hashlib
import threading

DATA = bytes(1 << 20)


def spin():
    while True:
        hashlib.sha256(DATA)  # without the interpreter's lock: each thread has a processor


def length(v):
    threading.stack_size(1 << 20)
    for _ in range(3):
        threading.Thread(target=spin).start()
    spin()
