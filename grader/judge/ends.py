"""What is said of a test that the student's code has ended: the outcome, and one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from grader.handin.cells.module import place, source_name
from grader.report.model import Outcome
from grader.sandbox.processes.control import Exit
from grader.sandbox.stopped import (
    Died,
    ExerciseTime,
    Forbidden,
    Memory,
    NoModule,
    NotReached,
    ProcessorTime,
    PutOff,
    Reason,
    SlowCall,
    SlowLoading,
    SlowReading,
    TooLongAnswers,
    TooManyThreads,
    TooMuchPrinted,
    Unfinished,
    Unfollowed,
    Unreadable,
    Unwritten,
)

__all__ = ["end_of"]

#: Functions that students know as a sign -> the sign.
_SYMBOLS = {
    f"operator.{name}": sign
    for names, sign in {
        "matmul imatmul": "@",
        "pow ipow": "**",
        "mul imul": "*",
        "truediv itruediv": "/",
        "floordiv ifloordiv": "//",
        "mod imod": "%",
        "add iadd": "+",
        "sub isub neg": "-",
        "eq": "==",
    }.items()
    for name in names.split()
}
#: Where code stands that every function depends on.
_OUTSIDE = ", outside of the functions"
#: Most characters of a sentence that quotes what a worker sent.
_QUOTED = 300


def end_of(reason: Reason, sources: Mapping[str, str]) -> tuple[Outcome, str]:
    """Outcome and sentence for one way in which a test was ended.

    Args:
        sources: module name -> text, in which a line is found as people find it.
    """
    match reason:
        case NoModule(module):
            return "not_attempted", f"The submission has no {module}.py."
        case Unwritten(function, caller):
            told = f"`{caller}` calls `{function}`, which is not written yet." if caller else ""
            return "not_attempted", told
        case Unfinished(file, line, first):
            where = place(sources.get(file.removesuffix(".py"), ""), file, line)
            above = ", above your code" if first else ""
            told = f"{where} still raises NotImplementedError{above}: delete that line."
            return "error", told
        case SlowReading(seconds):
            return "timeout", f"Your files could not be read within {seconds:.3g} s."
        case SlowCall(seconds):
            told = f"No answer within {seconds:.3g} s. Is there a loop that never ends?"
            return "timeout", told
        case SlowLoading(module, seconds):
            name = source_name(sources.get(module, ""), f"{module}.py")
            told = f"{name} could not be loaded within {seconds:.3g} s."
            return "timeout", f"{told} Does something outside its functions never end?"
        case ExerciseTime():
            return "timeout", "The time for this exercise is used up."
        case NotReached(call):
            return "timeout", f"Not reached: the time for it was used up by {call}."
        case PutOff():
            raise AssertionError("a test that is put off has not ended")
        case ProcessorTime(whole):
            return "timeout", f"All {whole} s of processor time are used up."
        case Memory(limit):
            return "memory", f"More than the {limit >> 20} MiB of memory that are allowed."
        case TooMuchPrinted(limit):
            return "output", f"More than {limit / 1e6:.3g} MB printed in one test."
        case TooLongAnswers(limit):
            return "output", f"Answers of more than {limit >> 20} MiB in one test."
        case TooManyThreads(count):
            told = (
                f"Your code had {count:,} threads at a time: end those that have done their work."
            )
            return "crashed", told
        case Died(end):
            return "crashed", f"Your code ended its own process ({_how(end)})."
        case Unreadable(why):
            return "crashed", f"The answer could not be read: {why}."[:_QUOTED]
        case Unfollowed(file):
            told = f"{file} is nested too deeply to be read: write it in shorter expressions."
            return "forbidden", told
        case Forbidden(name, file, line, outside):
            text = sources.get(file.removesuffix(".py"), "")
            where = f" ({place(text, file, line)}{_OUTSIDE * outside})" if file else ""
            spelled = f"the {_SYMBOLS[name]} operator" if name in _SYMBOLS else name
            told = f"This exercise asks you to do without {spelled}{where}: build it yourself."
            return "forbidden", told


def _how(end: Exit) -> str:
    if not end.signal:
        return f"exit status {end.code}"
    return f"signal {end.signal_name.removeprefix('signal ')}"
