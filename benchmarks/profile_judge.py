"""Where a judge's time goes: cProfile over the twenty submissions of the speed table.

    python benchmarks/profile_judge.py [tottime|cumtime]

The judge runs in this process, its workers are forked and locked as always; time in which it
waits for a worker shows as `poll`.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import socket
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import msgspec  # noqa: E402
from submissions import eight, mixed  # noqa: E402

from grader import Course  # noqa: E402
from grader.grading import talk  # noqa: E402
from grader.judge import main as judge  # noqa: E402
from grader.sandbox.lock import lockdown  # noqa: E402
from grader.sandbox.processes import zygote  # noqa: E402
from grader.sandbox.processes.control import Adopt, Config  # noqa: E402
from grader.sandbox.processes.launch import ForkLauncher  # noqa: E402


def main() -> None:
    course = eight(HERE.parent)
    launcher = ForkLauncher(start_zygote(course))
    ours, theirs = socket.socketpair()
    driver = threading.Thread(target=drive, args=(ours, course))
    driver.start()
    profile = cProfile.Profile()
    profile.enable()
    judge.main(theirs, launcher)
    profile.disable()
    driver.join()
    order = sys.argv[1] if len(sys.argv) > 1 else "tottime"
    pstats.Stats(profile).sort_stats(order).print_stats(40)


def start_zygote(course: Course) -> socket.socket:
    """A zygote in a child, and this process's connection to it."""
    packets = (socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control, base = socket.socketpair(*packets)
    if not os.fork():
        control.close()
        __import__("torch").set_num_threads(1)
        zygote.main(base, Config(lockdown.readable_paths(sys.path, [course.root]), True))
        os._exit(0)
    mine, its = socket.socketpair(*packets)
    socket.send_fds(control, [msgspec.msgpack.encode(Adopt())], [its.fileno()])
    globals()["_kept"] = control  # the zygote ends when this closes
    return mine


def drive(peer: socket.socket, course: Course) -> None:
    """Play the caller: one job after another, then hang up."""
    names = tuple(exercise.id for exercise in course.exercises)
    talk.send(peer, talk.Take(course, names))
    await_(peer, talk.Taken)
    submissions = mixed(course)
    for round_ in (1, 2):
        began = time.perf_counter()
        for modules in submissions:
            talk.send(peer, talk.Job(modules, names))
            await_(peer, talk.Done)
        ms = 1000 * (time.perf_counter() - began) / len(submissions)
        print(f"round {round_}: {ms:.1f} ms a submission, profiled")
    peer.close()


def await_(peer: socket.socket, kind: type) -> None:
    while not isinstance(message := talk.receive(peer, talk.FromJudge), kind):
        if isinstance(message, talk.Refused):
            sys.exit(message.text)


if __name__ == "__main__":
    main()
