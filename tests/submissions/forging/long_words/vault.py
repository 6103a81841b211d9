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


LONG = "".join(map(chr, range(300, 900))) * 400
KINDS = [
    {"kind": "MissingFunction", "text": f"{LONG}\n{LONG[::-1]}"},
    {"kind": LONG, "text": ""},
    {"kind": "E", "text": "", "frames": [[LONG, 1, ""]], "own": True},
    {"kind": "E", "text": "", "frames": [["vault.py", 1, ""]] * 10_000},
    {"kind": "E", "text": "", "frames": [["vault.py", 1, ""]], "column": 1 << 40},
]


def wrong():
    fd, number = asked()
    raised = {"builtin": "", **KINDS[number // 3 - 1]}
    write(fd, frame(number, {"type": "answer", "raised": raised}))
    os._exit(0)


number = vector = tensor_torch = wrong
