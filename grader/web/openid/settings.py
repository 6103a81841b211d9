"""The file that says by which provider people sign in, and who has which role.

It is written in YAML, each value as text, and holds no secret: it names where that one is.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from grader.course.reading.nodes import KeyPath, Lines, read_nodes
from grader.course.reading.units import duration_of
from grader.errors import CourseError, UsageError
from grader.handin.text import printable

__all__ = ["Claims", "Grant", "Rule", "Secret", "Settings", "is_safe_url", "read_settings", "texts"]

#: What a provider says of somebody: claim -> any value that JSON can hold.
Claims = Mapping[str, Any]
Role = Literal["owner", "grader", "viewer"]
#: From the most that somebody may do to the least.
_ROLES: tuple[Role, ...] = ("owner", "grader", "viewer")
#: Bytes of a secret's file: a secret has some forty, a signed one some hundred.
_SIZE = 4096
#: Of this file; one more is too large for `read_nodes`.
_LARGEST = 1 << 20


class Secret:
    """A client's secret, which no `repr`, message or log shows."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself, for the one request that it is meant for."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


class Grant(msgspec.Struct, frozen=True):
    """What somebody may do.

    Args:
        sections: those that a grader is limited to; empty: to none.
    """

    role: Role
    sections: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True):
    """Whom a role is given to: whoever has one of the values of each claim."""

    grant: Grant
    where: Mapping[str, tuple[str, ...]]

    def fits(self, claims: Claims) -> bool:
        """Whether it is for somebody of whom a provider has said this."""
        return all(_has(claims, name, wanted) for name, wanted in self.where.items())


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """A provider, this client of it, and who has which role.

    Args:
        issuer: as its tokens name it, to the letter.
        secret: of the client; None for one that has none.
        address: scheme and host by which browsers find the pages; empty: where they are served.
        who: the claim that stands beside what somebody decides.
        lasts: after so long the provider is asked again.
        rules: whoever fits several has the highest role; a grader's sections add up.
    """

    issuer: str
    client: str
    secret: Secret | None
    address: str
    who: str
    scopes: tuple[str, ...]
    lasts: timedelta
    rules: tuple[Rule, ...]

    @property
    def names(self) -> set[str]:
        """The claims that these settings look at."""
        return {self.who, *(name for rule in self.rules for name in rule.where)}

    def grant(self, claims: Claims) -> Grant | None:
        """What somebody may do; None where no rule is for them."""
        found = [rule.grant for rule in self.rules if rule.fits(claims)]
        if not found:
            return None
        role = min((each.role for each in found), key=_ROLES.index)
        same = [each.sections for each in found if each.role == role]
        if not all(same):  # one of them is for the whole class
            return Grant(role)
        return Grant(role, tuple(dict.fromkeys(name for names in same for name in names)))


def texts(claims: Claims, name: str) -> tuple[str, ...]:
    """The values of a claim as texts; dots lead into objects where no claim has the whole name."""
    value: Any = claims.get(name)
    if name not in claims:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    values = value if isinstance(value, list) else [value]
    plain = {True: "true", False: "false"}
    return tuple(
        plain[each] if isinstance(each, bool) else f"{each}"
        for each in values
        if isinstance(each, (str, int))
    )


def _has(claims: Claims, name: str, wanted: tuple[str, ...]) -> bool:
    said = texts(claims, name)
    if name != "email":
        return not set(said).isdisjoint(wanted)
    # At many providers anybody can write any address into their own account; only one that was
    # proved to be theirs says who they are. Capital letters are no other mailbox.
    proof = claims.get("email_verified")
    is_proved = proof is True or proof == "true"
    return is_proved and not {_small(each) for each in said}.isdisjoint(map(_small, wanted))


def _small(address: str) -> str:
    return address.lower() if address.isascii() else address


def is_safe_url(text: str) -> bool:
    """Whether nobody on the way to an address can read or change what is said there."""
    with suppress(ValueError):
        parts = urlsplit(text)
        if parts.username is not None or not parts.hostname or not text.isprintable():
            return False
        if parts.scheme == "https":
            return True
        with suppress(ValueError):
            return parts.scheme == "http" and ip_address(parts.hostname).is_loopback
        return parts.scheme == "http" and parts.hostname == "localhost"
    return False


# --- the file's shape -----------------------------------------------------------------------------


def _issuer(value: object) -> object:
    if not isinstance(value, str) or not is_safe_url(value) or re.search("[?#]", value):
        raise ValueError("expected an address like https://login.example.edu/realms/main")
    return value


def _address(value: object) -> object:
    parts = urlsplit(value) if isinstance(value, str) and is_safe_url(value) else None
    if parts is None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("expected scheme and host, like https://class.example.edu")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _list(value: object) -> object:
    """A single text is a list of it; an empty list would be nobody, or everybody."""
    if value == [] or value is None:
        raise ValueError("expected at least one; leave the line away if none is meant")
    return [value] if isinstance(value, str) else value


def _span(value: object) -> object:
    span = duration_of(value)
    if not timedelta(minutes=1) <= span <= timedelta(days=7):
        raise ValueError("expected 1min to 7d")
    return span


Text = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^\S(.*\S)?$")]
Texts = Annotated[list[Text], BeforeValidator(_list), Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _RuleModel(_Model):
    role: Role
    sections: Texts | None = None
    where: Annotated[dict[Text, Texts], Field(min_length=1)]


class _FileModel(_Model):
    issuer: Annotated[str, BeforeValidator(_issuer)]
    client: Text
    secret_env: Text | None = None
    secret_file: Text | None = None
    address: Annotated[str, BeforeValidator(_address)] = ""
    who: Text = "preferred_username"
    scopes: Texts = ["openid", "profile", "email"]
    lasts: Annotated[timedelta, BeforeValidator(_span)] = timedelta(hours=8)
    roles: Annotated[list[_RuleModel], Field(min_length=1)]


def read_settings(file: Path) -> Settings:
    """What a file says; also the secret, from where the file says that it is.

    Raises:
        UsageError: it cannot be read or believed; the message has the line.
    """
    data = _private(file, f"{file}", _LARGEST + 1, 0o022)
    if not data.strip():
        raise UsageError(f"{file}:1: the file is empty; expected issuer, client and roles.")
    try:
        content, lines, faults = read_nodes(data, file)
    except CourseError as error:
        raise UsageError(f"{error.faults[0]}") from None
    if faults:
        raise UsageError(f"{faults[0]}")
    try:
        model = _FileModel.model_validate(content)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = tuple(part for part in detail["loc"] if part != "[key]")
        raise _fault(file, lines, place, _sentence(detail, place)) from None
    scopes = dict.fromkeys(["openid", *model.scopes])
    return Settings(
        issuer=model.issuer, client=model.client, secret=_secret(model, file, lines),
        address=model.address, who=model.who, scopes=tuple(scopes), lasts=model.lasts,
        rules=tuple(_rule(each, file, lines, i) for i, each in enumerate(model.roles)),
    )  # fmt: skip


def _rule(model: _RuleModel, file: Path, lines: Lines, at: int) -> Rule:
    if model.sections and model.role != "grader":
        what = f"only a grader can be limited to sections, and this is for {model.role}s."
        raise _fault(file, lines, ("roles", at, "sections"), what)
    grant = Grant(model.role, tuple(model.sections or ()))
    return Rule(grant, {name: tuple(values) for name, values in model.where.items()})


def _sentence(detail: Mapping[str, Any], place: KeyPath) -> str:
    name = printable(str(place[-1]))[:40] if place else "the file"
    kind = detail["type"]
    if kind == "missing":
        return f"{name} is missing."
    if kind == "extra_forbidden":
        known = _FileModel if len(place) == 1 else _RuleModel
        return f"unknown key {name}; there are {', '.join(known.model_fields)}."
    if kind == "value_error":
        return f"{name}: {detail['ctx']['error']}."
    expected = {
        "model_type": "a mapping", "dict_type": "a mapping", "list_type": "a list",
        "string_type": "text", "string_pattern_mismatch": "text without blanks around it",
        "too_short": "at least one", "string_too_short": "text",
        "literal_error": detail.get("ctx", {}).get("expected"),
    }.get(kind)  # fmt: skip
    return f"{name}: " + (f"expected {expected}." if expected else f"{detail['msg']}.")


def _fault(file: Path, lines: Lines, place: KeyPath, what: str) -> UsageError:
    while place and place not in lines:
        place = place[:-1]
    return UsageError(f"{file}:{lines.get(place, 1)}: {what}")


# --- the secret -----------------------------------------------------------------------------------


def _secret(model: _FileModel, file: Path, lines: Lines) -> Secret | None:
    if model.secret_env is not None and model.secret_file is not None:
        raise _fault(file, lines, ("secret_file",), "name secret_env or secret_file, one of them.")
    if model.secret_env is not None:
        text, where = os.environ.get(model.secret_env, ""), f"the variable {model.secret_env}"
    elif model.secret_file is not None:
        path = file.parent / model.secret_file
        text, where = _private(path, f"{path}", _SIZE, 0o077).decode("utf-8", "replace"), f"{path}"
    else:
        return None
    text = text.strip()
    if not text:
        raise UsageError(f"{where}: the secret of client {printable(model.client)} is not there.")
    if not re.fullmatch(r"[ -~]+", text):
        raise UsageError(f"{where}: that is no secret: it has line breaks or letters none has.")
    return Secret(text)


def _private(path: Path, name: str, size: int, change: int) -> bytes:
    """A file's content, unless others of this machine could write it, or read what is secret."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "it cannot be opened"
        raise UsageError(f"{printable(name)}: {reason}.") from None
    about = os.fstat(fd)
    if not stat.S_ISREG(about.st_mode):
        os.close(fd)
        raise UsageError(f"{printable(name)}: it is no file.")
    with open(fd, "rb") as opened:
        if about.st_mode & change or about.st_uid not in (os.geteuid(), 0):
            what, how = ("change", "go-w") if change == 0o022 else ("read or change", "go=")
            raise UsageError(
                f"{printable(name)}: others can {what} it; first: chmod {how} {printable(name)}"
            )
        return opened.read(size)
