"""What one hand-in costs, for the sizing in docs/cluster.md: `python -m benchmarks.cluster`.

Processor time is counted, of all processes together, not the clock: it depends less on what else
the machine does. The cost of starting is taken off: a few are judged first.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import msgspec

from benchmarks.submissions import eight, mixed
from grader import Course
from grader.classroom.cluster.parcel import Judged, Order, kit_for, packed
from grader.classroom.judges import Setup
from grader.classroom.plan import Options, Stop
from grader.course.digest import exercise_digests
from grader.grading.engine import Grader
from grader.grading.talk import encoded
from grader.handin.submission import Submission

ROOT = Path(__file__).resolve().parents[1]
_COUNT = 10


def _seconds(course: Course, count: int) -> tuple[float, int, int, int]:
    """Processor time of this process and all below it for so many hand-ins; then bytes of one."""
    began = os.times()
    asked, answered, stored = 0, 0, 0
    with Grader(course, isolation="full") as grader:
        for modules in mixed(course, count):
            texts = {f"{name}.py": text for name, text in modules.items()}
            submission = Submission.from_sources(texts, "ann")
            report = grader.grade(submission)
            asked += len(encoded(Order("0" * 64, submission, tuple(modules))))
            answered += len(encoded(Judged("tcp://10.0.0.5:40000", report.exercises)))
            stored += sum(len(zlib.compress(msgspec.json.encode(e), 6)) for e in report.exercises)
    ended = os.times()
    spent = sum(ended[:4]) - sum(began[:4])
    return spent, asked // count, answered // count, stored // count


def main() -> None:
    whole = Course.load(ROOT)
    setup = Setup(whole, (), Options(), (), Stop())
    print(f"the course, compressed: {len(packed(kit_for(setup))[1]) / 1024:,.0f} KiB")
    for name, course in (("eight exercises", eight(ROOT)), ("the whole course", whole)):
        start = _seconds(course, 1)[0]
        spent, asked, answered, stored = _seconds(course, 1 + _COUNT)
        exercises = len(exercise_digests(course))
        print(
            f"{name} ({exercises}): {(spent - start) / _COUNT:.3f} s of a processor for each, "
            f"{start:.1f} s to start; {asked / 1024:.1f} KiB there, "
            f"{answered / 1024:.1f} KiB back, {stored / 1024:.1f} KiB kept"
        )


if __name__ == "__main__":
    main()
