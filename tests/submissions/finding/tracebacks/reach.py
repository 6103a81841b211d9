import re
import sys
import traceback

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    found = []
    try:
        raise ValueError
    except ValueError as error:
        seen = error
        while seen is not None:
            text = "".join(traceback.TracebackException.from_exception(
                seen, capture_locals=True, limit=50).format())
            text += "".join(map(str, traceback.extract_stack()))
            found += MARK.findall(text) + re.findall(r"\w*test_\w+\.py", text)
            seen = seen.__context__ or seen.__cause__
    last = getattr(sys, "last_traceback", None) or sys.exc_info()[2]
    return found + ([repr(last)] if last else [])
