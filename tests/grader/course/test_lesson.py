"""A lesson in pieces: where they end, and where its links lead."""

from __future__ import annotations

import pytest

from grader.course.lesson import Piece, pieces, relinked

LESSON = """# A

Text.

**Exercise 1: [`two`](two.py).** Over
two lines.

More of this section.

```text
**Exercise 2: `one`.** In a listing.
```

**Exercise 2: `one`.** Now.

## Think

Why?
"""


def test_a_piece_ends_with_the_paragraph_that_introduces_an_exercise() -> None:
    found = pieces(LESSON, ["one", "two"])
    assert [piece.exercise for piece in found] == ["two", "one", None]
    assert found[0].text.endswith("two lines.")
    assert found[1].text.startswith("More of this section.")
    assert found[1].text.endswith("Now.")
    assert found[2] == Piece("## Think\n\nWhy?")


def test_exercises_that_no_line_introduces_come_at_the_end() -> None:
    found = pieces("# A\n\nText on one and onerous.", ["onerous", "one"])
    assert found == [
        Piece("# A\n\nText on one and onerous."), Piece("", "onerous"), Piece("", "one"),
    ]  # fmt: skip


def test_names_are_whole_words() -> None:
    found = pieces("**Exercise 1: `matvec_more`.** x\n\n**Exercise 2: `matvec`.** y", ["matvec"])
    assert found == [
        Piece("**Exercise 1: `matvec_more`.** x\n\n**Exercise 2: `matvec`.** y", "matvec")
    ]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("[`two`](two.py)", "`two`"),
        ("![Plot](plot.png)", "![Plot](exercises/01_a/plot.png)"),
        ('[x](plot.png#top "T")', '[x](exercises/01_a/plot.png#top "T")'),
        ("see [Next](../02_b/README.md).", "see Next."),
        ("[web](https://example.org/a) [here](#think)", None),
        ("`f[0](two.py)` and $a[0](b)$", None),
        ("```python\nf[0](two.py)\n```", None),
        ("$$\nx[1](two.py)\n$$", None),
    ],
)
def test_links(text: str, made: str | None) -> None:
    assert relinked(text, "01_a", {"exercises/01_a/plot.png"}.__contains__) == (made or text)
