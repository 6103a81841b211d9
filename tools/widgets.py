"""Make one file for each visualizer out of the modules that they share.

    python -m tools.widgets          write grader/web/lessons/widgets/built
    python -m tools.widgets --check  say which of them are not what the sources give

anywidget loads one file for each widget, and a page that was opened from a folder (`file://`) loads
no modules at all. The sources are ES modules that import each other by name; here each module
becomes a function that returns what it exports, in the order in which they need each other.
Comments on lines of their own, empty lines and indents are left out. The same sources give the
same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

__all__ = ["NAMES", "built", "bundle", "stale", "states"]

FOLDER = Path(__file__).resolve().parent.parent / "grader" / "web" / "lessons" / "widgets"
SOURCES, BUILT = FOLDER / "src", FOLDER / "built"
#: The visualizers; each is a module of this name.
NAMES = ("broadcast", "dot", "forward", "matmul", "reshape", "vector", "warp")
#: What a page loads instead: a loader of single files, and everything at once.
PAGES = ("page", "classic")
BANNER = "// Made by tools/widgets.py out of ../src; change those files, not this one.\n"

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (\w+))", re.MULTILINE)
_AGAIN = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (.*);$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)\n", re.MULTILINE)


def main() -> None:
    if "--check" in sys.argv[1:]:
        if old := stale():
            sys.exit(f"Not up to date: {', '.join(old)}. Run `python -m tools.widgets`.")
        return
    BUILT.mkdir(exist_ok=True)
    for name, text in built().items():
        (BUILT / name).write_text(text, "utf-8", newline="\n")


def stale() -> list[str]:
    """The built files that are missing, too many, or not what the sources give."""
    wanted = built()
    there = {path.name: path.read_text("utf-8") for path in BUILT.iterdir()}
    return sorted(
        name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name)
    )


def built() -> dict[str, str]:
    """File name -> text, of all files that are shipped."""
    files = {f"{name}.js": bundle(name, classic=name == "classic") for name in (*NAMES, *PAGES)}
    return files | {"states.json": f"{json.dumps(states(), ensure_ascii=False, indent=1)}\n"}


def states() -> dict[str, Any]:
    """Title, modes and first state of each visualizer, as src/states.js has them."""
    found: dict[str, Any] = json.loads(_read("states").partition("STATES = ")[2].rstrip("; \n"))
    return found


def bundle(name: str, *, classic: bool = False) -> str:
    """One module with all that it imports, as a module or as a classic script."""
    order: list[str] = []
    _visit(name, order, [])
    parts = "".join(_wrapped(each) for each in order)
    if classic:
        return f"{BANNER}(() => {{\n{parts}}})();\n"
    _, names = _exports(_IMPORT.sub("", _read(name)))
    kept = [each for each in names if each != "$default"]
    tail = f"export const {{ {', '.join(kept)} }} = ${name};\n" if kept else ""
    default = f"export default ${name}.$default;\n" if "$default" in names else ""
    return f"{BANNER}{parts}{tail}{default}"


def _read(name: str) -> str:
    return (SOURCES / f"{name}.js").read_text("utf-8")


def _visit(name: str, order: list[str], above: list[str]) -> None:
    if name in above:
        raise ValueError(f"modules import each other in a circle: {' -> '.join([*above, name])}")
    if name in order:
        return
    for match in _IMPORT.finditer(_read(name)):
        _visit(match[2], order, [*above, name])
    order.append(name)


def _exports(text: str) -> tuple[str, list[str]]:
    """The text without `export`, and the names that it exports."""
    names = [match[1] for match in _EXPORT.finditer(text)]
    for match in _AGAIN.finditer(text):
        names += [each.strip() for each in match[1].split(",")]
    text = _AGAIN.sub("", _EXPORT.sub("", text))
    if _DEFAULT.search(text):
        names.append("$default")
        text = _DEFAULT.sub(r"const $default = \1;", text)
    if left := re.search(r"^(?:export|import)\b.*", text, re.MULTILINE):
        raise ValueError(f"tools/widgets.py does not know this form: {left[0]}")
    return text, names


def _wrapped(name: str) -> str:
    def taken(match: re.Match[str]) -> str:
        names = " ".join(match[1].split()).rstrip(",").replace(" as ", ": ")
        return f"const {{ {names} }} = ${match[2]};\n"

    text, names = _exports(_IMPORT.sub(taken, _COMMENT.sub("", _read(name))))
    body = re.sub(r"\n\s+", "\n", text.strip())
    return f"const ${name} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();\n"


if __name__ == "__main__":
    main()
