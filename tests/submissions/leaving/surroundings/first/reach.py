import os
import resource


def reached():
    os.environ["WXB_WAS_HERE"] = "CANARY-left-3c2d1e"
    ways = (
        lambda: os.chdir("/tmp"),
        lambda: os.umask(0),
        lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16)),
        lambda: os.nice(10),
        lambda: os.sched_setaffinity(os.getppid(), {0}),
        lambda: os.close(0),
    )
    for way in ways:
        try:
            way()
        except (OSError, ValueError):
            pass
    return []
