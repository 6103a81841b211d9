"""What decides: every test runs where it must, and none is skipped for want of a package."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from support import needs
from support.places import ROOT


@pytest.fixture
def conftest(request: pytest.FixtureRequest) -> Any:
    """The module tests/conftest.py, as pytest has it."""
    path = str(ROOT / "tests" / "conftest.py")
    plugins = request.config.pluginmanager.get_plugins()
    return next(p for p in plugins if getattr(p, "__file__", None) == path)


@pytest.mark.parametrize(
    ("strict", "reason", "outcome"),
    [
        (True, f"{needs.SYSTEM}libseccomp2", "failed"),
        (True, "PyTorch is not installed", "skipped"),
        (False, f"{needs.SYSTEM}libseccomp2", "skipped"),
    ],
)
def test_a_missing_package_is_a_failure_where_all_must_run(
    conftest: Any, monkeypatch: pytest.MonkeyPatch, strict: bool, reason: str, outcome: str
) -> None:
    monkeypatch.setattr(needs, "STRICT", strict)
    report = SimpleNamespace(skipped=True, longrepr=("a.py", 1, reason), outcome="skipped")
    assert conftest._strict(report).outcome == outcome


def test_a_mark_names_its_package() -> None:
    assert needs.program("no-such-program", "a-package").kwargs["reason"].endswith(": a-package")
    assert needs.program("python3", "python3").args == (False,)


def test_the_gate_runs_all_tests_strictly() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-3:] == ["export WXB_CI=1", "make test", "make test-all"]
