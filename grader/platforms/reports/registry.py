"""All formats of a report by name: ours, and those that other packages bring."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType

from grader.classroom.exports.registry import Registry
from grader.course.outline import Feedback
from grader.errors import UsageError, WxbError
from grader.handin.text import printable
from grader.platforms.reports import classroom50, gradescope, junit, prairielearn
from grader.platforms.reports.export import Setting, Write
from grader.platforms.reports.seen import seen
from grader.report.model import Report, Viewer

__all__ = ["GROUP", "OWN", "REPORTS", "called"]

_LOG = logging.getLogger(__name__)
#: Entry points of this group are formats of a report.
GROUP = "wxb.reports"
OWN: Mapping[str, Write] = MappingProxyType(
    {
        "junit": junit.write,
        "gradescope": gradescope.write,
        "classroom50": classroom50.write,
        "prairielearn": prairielearn.write,
    }
)
REPORTS = Registry(GROUP, OWN)


def called(
    write: Write, report: Report, feedback: Feedback | None, viewer: Viewer, setting: Setting
) -> bytes:
    """What a format makes of a report, as far as who opens the file may see it.

    Raises:
        UsageError: it cannot; of a format of others that is said with its name.
    """
    shown = seen(report, feedback, viewer)
    if write in OWN.values():
        return write(shown, setting)
    name = f"{write.__module__}.{getattr(write, '__qualname__', write)}"
    try:
        data = write(shown, setting)
    except WxbError:
        raise
    except Exception as error:  # whatever a package of others raises
        _LOG.warning("%s", name, exc_info=True)
        raise UsageError(
            f"{name} failed: {printable(f'{type(error).__name__}: {error}')}"
        ) from None
    if not isinstance(data, bytes):
        raise UsageError(f"{name} gave {type(data).__name__}; expected bytes.")
    return data
