"""Names in any encoding, tables that lie, and files that grow: each costs only itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from grader.handin.unpacking import Bounds, TooManyFiles, entries, open_zip, safe_parts, write

BOUNDS = Bounds(entries=100)


def zipped(*names: str, data: bytes = b"x = 1\n") -> bytearray:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, data)
    return bytearray(made.getvalue())


def names_in(data: bytes) -> list[str]:
    with open_zip(io.BytesIO(data), BOUNDS) as archive:
        found = list(entries(archive, BOUNDS))
        for entry in found:
            assert archive.read(entry.info) == b"x = 1\n"
        return [entry.name for entry in found]


def flagged(data: bytearray, on: bool) -> bytearray:
    """With the flag "names are UTF-8" set or cleared, in the table and before each file."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            flags = struct.unpack_from("<H", data, start + at)[0]
            struct.pack_into("<H", data, start + at, flags | 0x800 if on else flags & ~0x800)
            start = data.find(mark, start + 4)
    return data


def test_utf8_is_read_whether_the_zip_says_so_or_not() -> None:
    data = zipped("zoë/李.py", "plain.py")
    assert names_in(data) == ["zoë/李.py", "plain.py"]
    assert names_in(flagged(data, False)) == ["zoë/李.py", "plain.py"]


def test_old_encodings_are_read_as_what_they_were() -> None:
    data = flagged(zipped("zo_.py"), False).replace(b"zo_.py", "zoë.py".encode("cp437"))
    assert names_in(data) == ["zoë.py"]
    with open_zip(io.BytesIO(data), BOUNDS) as archive:
        assert [entry.is_odd for entry in entries(archive, BOUNDS)] == [True]


def test_a_name_that_is_no_utf8_spoils_no_other() -> None:
    data = flagged(zipped("bad_.py", "good.py"), True).replace(b"bad_", b"bad\xff")
    with pytest.raises(UnicodeDecodeError):
        zipfile.ZipFile(io.BytesIO(data))
    assert len(names_in(data)) == 2
    assert names_in(data)[1] == "good.py"


def test_a_name_in_the_extra_field_of_info_zip() -> None:
    raw = b"zo_.py"
    path = (
        b"\x01" + zlib.crc32("zoë.py".encode("latin-1")).to_bytes(4, "little") + "zoë.py".encode()
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<HH", 0x7075, len(path)) + path
        archive.writestr(info, b"x = 1\n")
    data = bytearray(made.getvalue()).replace(raw, "zoë.py".encode("latin-1"))
    assert names_in(data) == ["zoë.py"]


def test_an_entry_without_a_name_spoils_no_other() -> None:
    data = zipped("@", "good.py").replace(b"@", b"\0")
    with open_zip(io.BytesIO(data), BOUNDS) as archive:
        found = [(entry.name, entry.reason) for entry in entries(archive, BOUNDS)]
    assert found == [("", "it has no name"), ("good.py", "")]


class Long(io.BytesIO):
    """A file with a gigabyte of nothing before what is in it."""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        at = offset if whence != io.SEEK_SET else max(0, offset - (1 << 30))
        return super().seek(at, whence) + (1 << 30)


def test_what_lists_too_much_is_not_opened() -> None:
    data = zipped("a.py")
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 1 << 29)
    with pytest.raises(TooManyFiles, match="lists too many"):
        open_zip(Long(data), BOUNDS)
    for broken in (b"", b"PK", bytes(zipped("a.py"))[:-30], data):
        with pytest.raises(zipfile.BadZipFile):
            open_zip(io.BytesIO(broken), BOUNDS)


def test_only_so_many_entries_are_looked_at() -> None:
    with open_zip(io.BytesIO(zipped("a.py", "b.py", "c.py")), BOUNDS) as archive:
        assert len(list(entries(archive, Bounds(entries=2)))) == 2


def test_a_file_that_grows_too_much_is_left_out(tmp_path: Path) -> None:
    data = zipped("bomb.py", data=bytes(16 << 20))
    with open_zip(io.BytesIO(data), BOUNDS) as archive:
        (entry,) = entries(archive, BOUNDS)
        _, reason = write(archive, entry.info, tmp_path / "bomb.py", 64 << 20, BOUNDS)
    assert reason == "it unpacks to more than 300 times its size"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../../b", "\\a", "C:\\a", "", ".", "c:a/b", ".."]
)
def test_no_path_leads_out(name: str) -> None:
    parts = safe_parts(name)
    assert parts is None or not parts[0].endswith(":")
    if name != "c:a/b":
        assert parts is None


def test_a_large_archive_with_64_bit_records_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    data = zipped("a.py", "b.py")
    assert b"PK\x06\x06" in data
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<L", data, at + 12, 0xFFFFFFFF)
    assert names_in(data) == ["a.py", "b.py"]
