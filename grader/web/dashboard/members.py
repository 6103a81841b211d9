"""Who signed in by another site, and what they may do: as the settings' file says now.

The file is looked at whenever somebody asks for a page: a role that is taken out of it is gone at
the next click. What else it says holds from the next start.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from grader.classroom.gradebook.office import Noted
from grader.errors import UsageError
from grader.handin.text import printable
from grader.web.door import Identity, TurnedAway
from grader.web.openid.settings import Claims, Grant, Settings, read_settings, texts

__all__ = ["Members"]

#: Characters of a name beside a decision.
_NAME = 100
#: More than browsers can be open, and more than those of one person; who came in first goes.
_MOST, _EACH = 1000, 50
_Stamp = tuple[int, int, int] | None


class _Member(msgspec.Struct, frozen=True):
    """Somebody who signed in: what the provider said then, and until when that is believed."""

    sub: str
    name: str
    claims: Claims
    until: float


class Members:
    """Everybody who signed in since the start.

    Args:
        file: the settings.
        note: adds a line to the log.
        tell: takes what went wrong, as one sentence for whoever serves the pages.
        clock: seconds that only go forward.

    Raises:
        UsageError: the settings cannot be read or believed.
    """

    def __init__(
        self,
        file: Path,
        note: Callable[[Noted], object],
        tell: Callable[[str], object] = lambda text: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file, self._note, self._tell, self._clock = file, note, tell, clock
        self._lock = threading.Lock()
        self._stamp = _stamp(file)
        self.settings: Settings = read_settings(file)
        self._members: dict[str, _Member] = {}

    def admit(self, claims: Claims) -> Identity:
        """An identity for somebody of whom the provider has said this; it stands in the log.

        Raises:
            TurnedAway: they have no name, or no role.
        """
        settings = self._current()
        names = texts(claims, settings.who)
        name = printable(names[0]).strip()[:_NAME] if len(names) == 1 else ""
        whom = f"{settings.issuer}, {printable(str(claims['sub']))[:_NAME]}"
        if not name:
            self._tell(f"Not let in: {whom} has no claim {settings.who}; see `who` and `scopes` in "
                       f"{self._file}.")  # fmt: skip
            raise TurnedAway(403, f"You are known by no {settings.who}; whoever serves these pages "
                             "can change that.")  # fmt: skip
        grant = settings.grant(claims)
        if grant is None:
            self._note(Noted(name, "nobody", "sign-in refused", whom))
            raise TurnedAway(403, f"You have signed in as {name}, and have no role in this class. "
                             "Ask its owner for one.")  # fmt: skip
        key = f"member:{secrets.token_urlsafe(16)}"
        with self._lock:
            now = self._clock()
            self._members = {k: m for k, m in self._members.items() if m.until > now}
            own = [k for k, m in self._members.items() if m.sub == claims["sub"]]
            for each in [*own[: -_EACH + 1], *list(self._members)[: -_MOST + 1]]:
                self._members.pop(each, None)
            until = now + settings.lasts.total_seconds()
            self._members[key] = _Member(str(claims["sub"]), name, dict(claims), until)
        self._note(Noted(name, grant.role, "sign-in", whom))
        return Identity(key=key, name=name, role=grant.role)

    def grant(self, identity: Identity) -> Grant | None:
        """What somebody who signed in may do now; None where that is nothing any more."""
        member = self._members.get(identity.key)
        if member is None or member.until <= self._clock():
            return None
        return self._current().grant(member.claims)

    def lacking(self, sections: set[str]) -> list[str]:
        """Sections that the roles speak of, and a class does not have."""
        spoken = [name for rule in self.settings.rules for name in rule.grant.sections]
        return [name for name in dict.fromkeys(spoken) if name not in sections]

    def names(self) -> set[str]:
        """Of those who are in, and may decide."""
        settings, now = self._current(), self._clock()
        found = [m for m in list(self._members.values()) if m.until > now]
        grants = [(m.name, settings.grant(m.claims)) for m in found]
        return {name for name, grant in grants if grant is not None and grant.role != "viewer"}

    def _current(self) -> Settings:
        """The settings with the roles that the file gives now; those before while it has faults."""
        with self._lock:
            stamp = _stamp(self._file)
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    found = read_settings(self._file)
                except UsageError as error:
                    self._tell(f"{error} Roles stay as they were.")
                else:
                    self.settings = msgspec.structs.replace(self.settings, rules=found.rules)
            return self.settings


def _stamp(file: Path) -> _Stamp:
    """What differs when a file was written or replaced."""
    try:
        about = os.stat(file)
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_size
