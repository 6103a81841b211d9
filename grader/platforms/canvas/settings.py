"""Where Canvas is, and the token, from the environment or a private file, seen nowhere."""

from __future__ import annotations

import ipaddress
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from grader.errors import UsageError
from grader.handin.text import printable

__all__ = ["TOKEN", "URL", "Settings", "Token", "settings_of"]

URL, TOKEN = "CANVAS_URL", "CANVAS_TOKEN"
#: Bytes of a token's file: a token has some seventy.
_SIZE = 4096
_HOW = "In Canvas: Account, Settings, New Access Token."


class Token:
    """A token, which no `repr`, message or log shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The token itself, for the one header that it is meant for."""
        return self._text

    def __repr__(self) -> str:
        return "Token(…)"


class Settings(msgspec.Struct, frozen=True):
    """Where to ask, and as whom.

    Args:
        url: scheme and host, and a path where Canvas lies below one; without a slash at the end.
    """

    url: str
    token: Token


def settings_of(url: str | None, token_file: Path | None) -> Settings:
    """What a command was given, else what the environment says.

    Raises:
        UsageError: an address or a token is missing, or cannot be one, or others can read it.
    """
    return Settings(_url(url or os.environ.get(URL, "")), _token(token_file))


def _url(text: str) -> str:
    text = text.strip()
    if not text:
        raise UsageError(
            f"Where is Canvas? Say it with --url https://canvas.example.edu, or in {URL}."
        )
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.username or parts.password:
        raise UsageError("--url: an address without a user's name and password is expected.")
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise UsageError(
            f"--url {printable(text)}: expected an address like https://canvas.example.edu"
        )
    if parts.scheme == "http" and not _is_local(parts.hostname):
        raise UsageError(
            f"--url {printable(text)}: over http anybody on the way could read the token; "
            "expected https://"
        )
    path = re.sub(r"/(api(/v1)?|courses/.*)?/*$", "", parts.path)
    return f"{parts.scheme}://{parts.netloc}{path}"


def _is_local(host: str) -> bool:
    """Whether what is sent to a host does not leave this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def _token(file: Path | None) -> Token:
    if file is None:
        text = os.environ.get(TOKEN, "")
        if not text:
            raise UsageError(
                f"Canvas asks for a token: put it into {TOKEN}, or into a file that only you can "
                f"read and name that with --token-file. {_HOW}"
            )
        return _checked(text, TOKEN)
    try:
        fd = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(f"--token-file {file}: {error.strerror}.") from None
    about = os.fstat(fd)
    if not stat.S_ISREG(about.st_mode):
        os.close(fd)
        raise UsageError(f"--token-file {file}: it is no file.")
    with open(fd, "rb") as opened:
        if about.st_mode & 0o077 or about.st_uid not in (os.geteuid(), 0):
            raise UsageError(
                f"--token-file {file}: others can read or change it; first: chmod 600 {file}"
            )
        text = opened.read(_SIZE).decode("utf-8", "replace")
    return _checked(text, f"--token-file {file}")


def _checked(text: str, where: str) -> Token:
    """A token that can stand in a header; what is wrong with another is told without it."""
    text = text.strip()
    if not text:
        raise UsageError(f"{where}: there is no token in it. {_HOW}")
    if not re.fullmatch(r"[!-~]{1,2048}", text):
        raise UsageError(
            f"{where}: that is no token: it has blanks, line breaks or letters that none has."
        )
    return Token(text)
