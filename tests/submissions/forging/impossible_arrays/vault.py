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
    ["a", "<f8", [4], [8], 0, True, False, 0],  # more than the buffer holds
    ["a", "<f8", [2], [-8], 0, True, False, 0],  # before it
    ["a", "<f8", [1], [8], 1 << 40, True, False, 0],  # far behind it
    ["a", "<f8", [1 << 62, 1 << 62], [0, 0], 0, True, False, 0],
    ["T", "float64", [2], [1 << 40], 0, False, 0],
]


def wrong():
    fd, number = asked()
    write(fd, frame(number, {"type": "answer", "value": NODES[number // 3 - 1]}, bytes(16), [16]))
    os._exit(0)


number = vector = tensor_torch = wrong
