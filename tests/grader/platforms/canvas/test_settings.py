"""The address and the token: what is taken, what is refused, and that no message has the token."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.platforms.canvas.settings import settings_of


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://canvas.example.edu", "https://canvas.example.edu"),
        ("canvas.example.edu/", "https://canvas.example.edu"),
        ("https://canvas.example.edu/courses/42/assignments", "https://canvas.example.edu"),
        ("https://example.edu/lms/api/v1", "https://example.edu/lms"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
    ],
)
def test_addresses(given: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", " abc \n")
    found = settings_of(given, None)
    assert (found.url, found.token.reveal()) == (meant, "abc")
    monkeypatch.setenv("CANVAS_URL", given)
    assert settings_of(None, None).url == meant


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "Where is Canvas"),
        ("http://canvas.example.edu", "could read the token"),
        ("https://me:secret@canvas.example.edu", "without a user's name"),
        ("ftp://canvas.example.edu", "expected an address"),
    ],
)
def test_addresses_that_are_refused(
    given: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "abc")
    with pytest.raises(UsageError, match=said) as error:
        settings_of(given, None)
    assert "secret" not in str(error.value)


def test_a_token_comes_from_a_file_that_only_its_owner_can_read(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("sEcReT\n", "utf-8")
    for mode in (0o644, 0o640, 0o602):
        file.chmod(mode)
        with pytest.raises(UsageError, match="chmod 600"):
            settings_of("https://canvas.example", file)
    file.chmod(0o600)
    assert settings_of("https://canvas.example", file).token.reveal() == "sEcReT"
    file.write_text("sEcReT two lines\nBearer", "utf-8")
    with pytest.raises(UsageError, match="that is no token") as error:
        settings_of("https://canvas.example", file)
    assert "sEcReT" not in str(error.value)
    file.write_text("", "utf-8")
    with pytest.raises(UsageError, match="no token in it"):
        settings_of("https://canvas.example", file)
    with pytest.raises(UsageError, match="it is no file"):
        settings_of("https://canvas.example", tmp_path)
    with pytest.raises(UsageError, match="No such file"):
        settings_of("https://canvas.example", tmp_path / "none")
    with pytest.raises(UsageError, match="CANVAS_TOKEN, or into a file"):
        settings_of("https://canvas.example", None)
