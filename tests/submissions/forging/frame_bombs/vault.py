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


BOMBS = [
    b"\xdd\xff\xff\xff\xff",  # an array of four thousand million items
    b"\x91" * 500_000,  # arrays in arrays
    b"\xdf\x7f\xff\xff\xff" + b"\xc0" * 100,
    b"\xdb\xff\xff\xff\xff",
    b"\x82\xa4type\xa6answer\xa5value" + b"\x92\xa1l\x91" * 50_000 + b"\xc0",
]


def bomb():
    fd, number = asked()
    header = msgspec.msgpack.encode({"number": number, "sizes": ()})
    header = b"\x83" + header[1:] + msgspec.msgpack.encode("what") + BOMBS[number // 3 - 1]
    write(fd, struct.pack("<IQ", len(header), 0) + header)
    os._exit(0)  # the next question, three numbers on, meets a fresh worker and the next bomb


number = vector = tensor_torch = bomb
