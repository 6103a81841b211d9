"""A lesson's text as HTML: formulas as MathML, code with classes, nothing that a script must draw.

Formulas are written as GitHub reads them: `$…$`, `$$…$$`, and fences of the kind `math`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonConsoleLexer, PythonLexer
from pygments.util import ClassNotFound

from grader.course.lesson import pieces
from grader.course.outline import Course, Exercise, Unit
from grader.course.text import read_regular
from grader.errors import CourseError, Fault
from grader.web.lessons.shown import Shown, read

__all__ = ["Block", "Heading", "Lesson", "Link", "lesson", "slug"]

#: Where a path inside of the course leads in these pages; "" if nowhere.
Link = Callable[[str], str]
#: A piece of a lesson: HTML, a visualizer, or the exercise that stands there.
Block = str | Shown | Exercise

#: Characters from which on a formula in a line may be wider than a narrow page.
_LONG = 32
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//")
#: Names, signs and spaces look like what is around them: their classes would only weigh.
_PLAIN = re.compile(r'<span class="(?:n|nn|o|p|w)">([^<]*)</span>')
_FORMATTER = HtmlFormatter(nowrap=True)


class Heading(NamedTuple):
    """A heading below the title: its level, its anchor, its words."""

    level: int
    id: str
    text: str


class Lesson(NamedTuple):
    """One unit's lesson, as it is laid out."""

    title: str
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]


def lesson(course: Course, unit: Unit, link: Link) -> Lesson:
    """The lesson of a unit, with its exercises where the text introduces them.

    Raises:
        CourseError: a visualizer is placed that there is not, or a formula cannot be read.
    """
    path = course.lesson(unit)
    try:
        text = read_regular(path).decode("utf-8", "replace")
    except OSError:
        text = f"# {unit.title}\n"
    exercises = {exercise.id: exercise for exercise in unit.exercises}
    reader = _Reader(path.relative_to(course.root), link)
    blocks: list[Block] = []
    line = 0
    for piece in pieces(text, exercises):
        # A piece is stripped, so its lines are counted from where it stands.
        start = text.find(piece.text, line)
        blocks += reader.read(piece.text, text.count("\n", 0, max(start, 0)))
        line = start + len(piece.text)
        if piece.exercise is not None:
            blocks.append(exercises[piece.exercise])
    return Lesson(reader.title or unit.title, tuple(reader.headings), tuple(blocks))


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub names it."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


class _Reader:
    """Reads the pieces of one lesson, one after the other."""

    def __init__(self, path: Path, link: Link) -> None:
        self.title = ""
        self.headings: list[Heading] = []
        self._path, self._link = path, link
        self._markdown = _markdown()

    def read(self, text: str, line: int) -> list[Block]:
        """The blocks of a piece; `line` is that of its beginning, from 0."""
        tokens = self._markdown.parse(text)
        self._name(tokens)
        blocks: list[Block] = []
        held: list[Token] = []
        for token in tokens:
            shown = None
            if token.type == "html_block" and token.level == 0:
                try:
                    shown = read(token.content.strip())
                except ValueError as error:
                    place = line + (token.map or [0])[0] + 1
                    raise CourseError([Fault(self._path, place, str(error))]) from None
            if shown is None:
                held.append(token)
                continue
            blocks += [self._html(held, line), shown]
            held = []
        return [block for block in [*blocks, self._html(held, line)] if block != ""]

    def _html(self, tokens: Sequence[Token], line: int) -> str:
        try:
            options, env = self._markdown.options, {"to": self._to}
            return str(self._markdown.renderer.render(tokens, options, env))
        except _NoFormula as error:
            place = next((t.map[0] for t in tokens if t.map and str(error) in t.content), 0)
            what = f"this formula cannot be read: {error}"
            raise CourseError([Fault(self._path, line + place + 1, what)]) from None

    def _name(self, tokens: Sequence[Token]) -> None:
        """Give the headings anchors, and take the title out; a corner of a table heads nothing."""
        for at, token in enumerate(tokens):
            if token.type == "th_open":
                _head(token, tokens[at + 1], tokens[at + 2])
            if token.type != "heading_open":
                continue
            words = "".join(c.content for c in tokens[at + 1].children or () if c.content)
            if token.tag == "h1" and not self.title:
                self.title = words
                for each in tokens[at : at + 3]:
                    each.hidden, each.content, each.children = True, "", []
                continue
            anchor, count = slug(words), sum(slug(h.text) == slug(words) for h in self.headings)
            token.attrSet("id", f"{anchor}-{count}" if count else anchor)
            self.headings.append(Heading(int(token.tag[1]), str(token.attrGet("id")), words))

    def _to(self, target: str) -> str:
        """Where a link of the text leads."""
        if _ELSEWHERE.match(target) or target.startswith("#"):
            return target
        path, mark, anchor = target.partition("#")
        inside = posixpath.normpath(posixpath.join(self._path.parent.as_posix(), path))
        found = self._link(inside)
        return found + mark + anchor if found and "#" not in found else found


# ---- Markdown


@cache
def _markdown() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": True}, renderer_cls=_Renderer).enable("table")
    found.inline.ruler.before("escape", "math", _math)
    return found


def _head(start: Token, inside: Token, end: Token) -> None:
    """The head of a column: an empty one is none, and a formula has its signs as text, too."""
    children = inside.children or []
    if not inside.content.strip():
        start.tag = end.tag = "td"
    elif all(child.type == "math" for child in children):
        signs = [re.sub(r"<[^>]+>", "", _mathml(c.content, False)) for c in children]
        inside.children = [*children, Token("unseen", "", 0, content=unescape(" ".join(signs)))]


class _NoFormula(ValueError):
    """A formula that cannot be made MathML."""


class _Renderer(RendererHTML):
    """What differs from plain HTML: formulas, code, links, tables; HTML of the text is text."""

    def math(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return _mathml(tokens[at].content, tokens[at].markup == "$$")

    def unseen(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return f'<span class="unseen">{escapeHtml(tokens[at].content)}</span>'

    def fence(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        token = tokens[at]
        kind = token.info.strip().partition(" ")[0]
        if kind == "math":
            return f"<p>{_mathml(token.content.strip(), True)}</p>\n"
        return f'<pre class="code"><code>{_code(token.content, kind)}</code></pre>\n'

    def code_block(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        text = escapeHtml(tokens[at].content)
        return f'<pre class="code"><code>{text}</code></pre>\n'

    def html_block(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return self.html_inline(tokens, at, options, env)

    def html_inline(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        text = tokens[at].content
        return "" if text.lstrip().startswith("<!--") else escapeHtml(text)

    def link_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        href = env["to"](str(tokens[at].attrGet("href") or ""))
        # What leads nowhere here keeps its words.
        return f'<a href="{escape(href)}">' if href else '<a class="nowhere">'

    def image(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return escapeHtml(tokens[at].content)  # a picture would be asked for elsewhere

    def heading_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "" if tokens[at].hidden else self.renderToken(tokens, at, options, env)

    def heading_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "" if tokens[at].hidden else self.renderToken(tokens, at, options, env)

    def table_open(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return '<div class="wide"><table>\n'

    def table_close(self, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
        return "</table></div>\n"


def _math(state: StateInline, silent: bool) -> bool:
    """`$…$` and `$$…$$`: no space inside of single ones, no digit behind."""
    text, start = state.src, state.pos
    if text[start] != "$":
        return False
    mark = "$$" if text.startswith("$$", start) else "$"
    begin = start + len(mark)
    end = text.find(mark, begin)
    while end > 0 and text[end - 1] == "\\":
        end = text.find(mark, end + 1)
    inside = text[begin:end] if end > begin else ""
    after = text[end + len(mark) : end + len(mark) + 1]
    if not inside.strip() or (mark == "$" and (inside != inside.strip() or after.isdigit())):
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.markup, token.content = mark, inside.strip()
    state.pos = end + len(mark)
    return True


@cache
def _mathml(latex: str, block: bool) -> str:
    try:
        found = str(convert(latex, display="block" if block else "inline"))
    except Exception:  # it has no error of its own
        raise _NoFormula(latex) from None
    if not block and len(latex) < _LONG:
        return found
    # What is wider than the page is scrolled by itself.
    if not block:
        return f'<span class="formula inline">{found}</span>'
    return f'<span class="formula">{found}</span>'


@cache
def _code(text: str, kind: str) -> str:
    """Code with a class on each word that has a role."""
    lexer = {"python": PythonLexer, "pycon": PythonConsoleLexer}.get(kind)
    if lexer is None:
        return escapeHtml(text)
    try:
        return _PLAIN.sub(r"\1", str(highlight(text, lexer(stripnl=False), _FORMATTER)))
    except ClassNotFound:
        return escapeHtml(text)
