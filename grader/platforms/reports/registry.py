"""All formats of a report by name: ours, and those that other packages bring."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from grader.classroom.exports.registry import Registry
from grader.platforms.reports import classroom50, gradescope, junit, prairielearn
from grader.platforms.reports.export import Write

__all__ = ["GROUP", "OWN", "REPORTS"]

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
