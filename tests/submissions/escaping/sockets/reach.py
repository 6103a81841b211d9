import asyncio
import socket
import urllib.request

KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)


def families():
    found = []
    for family in range(46):
        for kind in KINDS:
            try:
                with socket.socket(family, kind):
                    found.append((family, int(kind)))
            except OSError:
                pass
    if not found:
        raise OSError
    return found


WAYS = {
    "families": families,
    "pair": lambda: socket.socketpair(),
    "server": lambda: socket.create_server(("127.0.0.1", 0)),
    "out": lambda: socket.create_connection(("127.0.0.1", 9), 0.1),
    "names": lambda: socket.gethostbyname("localhost."),
    "web": lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.1),
    "loop": lambda: asyncio.new_event_loop(),
}


def reached():
    found = []
    for name, way in WAYS.items():
        try:
            found.append(f"{name}: {way()!r}")
        except (OSError, ValueError):
            pass
    return found
