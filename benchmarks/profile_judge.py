"""Where a judge's time goes: cProfile over the twenty submissions of the speed table.

    python -m benchmarks.profile_judge [tottime|cumtime]

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

from benchmarks.asking import ask
from benchmarks.submissions import eight, mixed
from benchmarks.threads import one_thread
from grader import Course
from grader.grading import talk
from grader.judge import main as judge
from grader.sandbox.lock import lockdown
from grader.sandbox.processes import zygote
from grader.sandbox.processes.control import MESSAGE_LIMIT, Adopt, Config, Line
from grader.sandbox.processes.launch import ForkLauncher
from grader.sandbox.wire.channel import Channel

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    one_thread("benchmarks.profile_judge")
    course = eight(ROOT)
    launcher = ForkLauncher(start_zygote(course))
    ours, theirs = socket.socketpair()
    driver = threading.Thread(target=drive, args=(Channel(ours.detach(), MESSAGE_LIMIT), course))
    driver.start()
    profile = cProfile.Profile()
    profile.enable()
    judge.main(theirs, launcher)
    profile.disable()
    driver.join()
    order = sys.argv[1] if len(sys.argv) > 1 else "tottime"
    pstats.Stats(profile).sort_stats(order).print_stats(40)


def start_zygote(course: Course) -> Line:
    """A zygote in a child, and this process's connection to it."""
    packets = (socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control, base = socket.socketpair(*packets)
    if not os.fork():
        control.close()
        __import__("torch").set_num_threads(1)
        zygote.main(Line(base), Config(lockdown.readable_paths(sys.path, [course.root]), True))
        os._exit(0)
    mine, its = socket.socketpair(*packets)
    line = Line(control)
    line.send(Adopt(), its.fileno())
    globals()["_kept"] = line  # the zygote ends when this closes
    return Line(mine)


def drive(peer: Channel, course: Course) -> None:
    """Play the caller: one job after another, then hang up."""
    names = tuple(exercise.id for exercise in course.exercises)
    ask(peer, talk.Take(course, names), talk.Taken)
    submissions = mixed(course)
    for round_ in (1, 2):
        began = time.perf_counter()
        for modules in submissions:
            ask(peer, talk.Job(modules, names), talk.Done)
        ms = 1000 * (time.perf_counter() - began) / len(submissions)
        print(f"round {round_}: {ms:.1f} ms a submission, profiled")
    peer.close()


if __name__ == "__main__":
    main()
