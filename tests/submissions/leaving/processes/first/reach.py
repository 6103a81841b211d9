import multiprocessing
import os
import subprocess
import sys


def reached():
    ways = (
        os.fork,
        lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True),
        lambda: multiprocessing.get_context("spawn").Process(target=print, daemon=True).start(),
        lambda: os.posix_spawn("/bin/sleep", ["sleep", "60"], {}),
    )
    for way in ways:
        try:
            if way() == 0:
                os.setsid()
        except OSError:
            pass
    return []
