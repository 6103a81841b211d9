"""The code of hand-ins, of a class that `grade batch` judged."""

from __future__ import annotations

import shutil
from pathlib import Path

from grader.classroom.insight import read
from grader.classroom.insight.code import folders, modules
from grader.classroom.insight.refresh import is_behind
from grader.classroom.people import Person
from support.batching import DOUBLE, WRONG, Room


def test_what_a_real_run_leaves_for_pages(tmp_path: Path) -> None:
    room = Room(tmp_path)
    room.batch()
    with room.book() as book:
        assert not is_behind(book)
        found = read.item(book, "double")
        assert (found.item.tried, found.item.last.value) == (4, 0.5)
        assert found.item.kept == "last"  # of a folder nobody knows what was there before
        cells = [*found.ideas, *found.clusters]
        assert cells
        asked = (
            {"idea": found.ideas[0].idea}
            if found.ideas
            else {"signature": found.clusters[0].signature}
        )
        [sample] = read.samples(book, "double", **asked)
        assert sample.code == "def double(x):\n    return x + 1"
        assert sample.students == 2
        book.import_roster([Person("ben", "Ben", "", "mon"), Person("dot", "Dot", "", "tue")])
        [theirs] = read.samples(book, "double", **asked, sections=("mon",))
        assert theirs.students == 1
        assert read.samples(book, "double", **asked, sections=("wed", "")) == ()
        [right], [wrong] = (book.submissions(key) for key in ("ann", "ben"))
        assert modules(book.course, folders(book), right)["double"] == DOUBLE
        side = {each.exercise: each for each in read.compare(book, right.id, wrong.id).exercises}
        assert (side["double"].a_code, side["double"].b_code) == (DOUBLE, WRONG)
        assert (side["double"].same, side["half"].same) == (False, True)
        shutil.rmtree(room.folder / "work" / "ben")
        assert modules(book.course, folders(book), wrong) == {}
        (room.folder / "work" / "ann").rename(room.folder / "work" / "other")
        assert read.samples(book, "double", **asked) != ()  # dot's is still there
        shutil.rmtree(room.folder)
        assert read.samples(book, "double", **asked) == ()
        assert read.compare(book, right.id, wrong.id).exercises[0].a_code is None
