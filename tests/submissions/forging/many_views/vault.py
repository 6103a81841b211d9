import os
import struct
import sys

import msgspec


def asked():
    """The descriptor to the judge, and the number of its question."""
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    return frame.f_locals["channel"].fd, frame.f_locals["request"].number


def write(fd, data):
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def frame(number, what, body=b"", sizes=()):
    header = msgspec.msgpack.encode({"number": number, "what": what, "sizes": sizes})
    return struct.pack("<IQ", len(header), len(body)) + header + body


NODES = [
    ["a", "<c32", [1 << 24], [0], 0, True, False, 0],
    ["l", [["a", "<f8", [1 << 20], [0], 0, True, False, 0]] * 2_000],
    ["T", "float64", [1 << 30], [0], 0, False, 0],
    ["l", [["T", "float64", [1 << 22], [0], 0, False, 0]] * 2_000],
    ["a", "object", [1], [8], 0, True, False, 0],
]


def wrong():
    fd, number = asked()
    write(fd, frame(number, {"type": "answer", "value": NODES[number // 3 - 1]}, bytes(32), [32]))
    os._exit(0)


number = vector = tensor_torch = wrong
