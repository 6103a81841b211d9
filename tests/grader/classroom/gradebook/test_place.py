"""Where a gradebook is: outside of the course, readable for nobody else, and named."""

from __future__ import annotations

import stat
import sysconfig
from pathlib import Path

import msgspec
import pytest

from grader.classroom.gradebook.book import Gradebook
from grader.classroom.gradebook.place import default_path, find, network_disk
from grader.errors import IsolationError, UsageError
from support.gradebooks import course


def test_by_default_it_is_in_the_owner_s_data_folder(tmp_path: Path) -> None:
    place = find(course(), None)
    assert place.file is not None
    assert place.file == default_path("/no/such/course", "Tiny").resolve()
    assert place.file.is_relative_to(tmp_path / "data" / "wxb")
    assert place.file.parent.name.startswith("tiny-")
    assert default_path("/elsewhere", "Tiny").parent != place.file.parent
    with Gradebook(course()) as book:
        assert (book.where, book.protected) == (str(place.file), (place.file,))
    assert stat.S_IMODE(place.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.file.parent.stat().st_mode) == 0o700


def test_a_course_that_was_moved_is_told_where_its_marks_are(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    with Gradebook(msgspec.structs.replace(course(), root=str(first))) as book:
        assert book.notes == ()
        where = book.where
    with Gradebook(msgspec.structs.replace(course(), root=str(tmp_path / "other"))) as book:
        assert book.notes == ()  # the first is still in its place
    first.rename(second)
    moved = msgspec.structs.replace(course(), root=str(second))
    with Gradebook(moved) as book:
        assert any(f"{where} is that of a course of this title" in note for note in book.notes)
    with Gradebook(moved) as book:
        assert book.notes == ()
    with Gradebook(moved, where) as book:
        assert book.notes == ()


def test_the_option_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WXB_GRADEBOOK", str(tmp_path / "a.db"))
    assert find(course(), None).file == tmp_path / "a.db"
    assert find(course(), f"sqlite:///{tmp_path}/b.db").file == tmp_path / "b.db"


def test_a_place_that_every_worker_reads_is_refused() -> None:
    inside = Path(sysconfig.get_path("stdlib")) / "marks.db"
    with pytest.raises(IsolationError, match=r"Student code could read .*--gradebook"):
        find(course(), str(inside))
    assert not inside.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "keeps nothing"),
        ("sqlite:///:memory:", "keeps nothing"),
        ("://", "is no URL of a database"),
        ("post gres://me:secret@host/db", "//…@host/db is no URL"),
    ],
)
def test_what_can_be_no_gradebook(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        find(course(), url)


def test_a_password_is_never_shown() -> None:
    place = find(course(), "postgres://me:secret@host/db")
    assert place.shown == "postgresql://me:***@host/db"
    assert place.url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nosuch://host/db", "cannot be opened"),
        ("postgresql://me:secret@127.0.0.1:1/db", "does not answer: is its server running"),
    ],
)
def test_a_server_that_is_not_there_is_one_sentence(url: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        Gradebook(course(), url)
    assert "secret" not in str(caught.value)


MOUNTS = r"""
22 1 0:20 / / rw - ext4 /dev/sda1 rw
30 22 0:40 / /home rw,relatime shared:1 - nfs4 server:/home rw
31 30 0:41 / /home/my\040disk rw - ext4 /dev/sdb rw
32 22 0:42 / /mnt/share rw - cifs //server/share rw
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/jane/marks.db", "nfs4"),
        ("/home/my disk/marks.db", ""),
        ("/mnt/share/x/marks.db", "cifs"),
        ("/mnt/shared/marks.db", ""),
        ("/homes/marks.db", ""),
    ],
)
def test_network_disks_are_known(path: str, kind: str) -> None:
    assert network_disk(Path(path), MOUNTS) == kind


def test_here_is_none() -> None:
    assert network_disk(Path("/proc/self/mountinfo")) == ""
