"""The step that makes one file of each visualizer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import widgets


def test_what_is_shipped_is_what_the_sources_give() -> None:
    assert widgets.stale() == [], "run `python -m tools.widgets`"


def test_a_change_of_a_source_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in widgets.SOURCES.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "warp.js").open("a") as file:
        file.write("export const more = 1;\n")
    monkeypatch.setattr(widgets, "SOURCES", tmp_path)
    assert widgets.stale() == ["classic.js", "warp.js"]


def sources(folder: Path, monkeypatch: pytest.MonkeyPatch, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    monkeypatch.setattr(widgets, "SOURCES", folder)


def test_each_module_is_there_once_and_before_those_that_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources(
        tmp_path,
        monkeypatch,
        base="// said once\nexport const one = 1;\nexport function two() { return 2; }\n",
        left='import { one } from "./base.js";\nexport const left = one;\n',
        top='import { left as other } from "./left.js";\n'
        'import {\n  one,\n  two,\n} from "./base.js";\n'
        "export default one + two() + other;\nexport { two };\n",
    )
    text = widgets.bundle("top")
    assert text.count("const $base") == 1
    assert text.index("const $base") < text.index("const $left") < text.index("const $top")
    assert "const { left: other } = $left;" in text
    assert "export const { two } = $top;\nexport default $top.$default;" in text
    assert "said once" not in text
    assert text == widgets.bundle("top")
    classic = widgets.bundle("top", classic=True)
    assert "export" not in classic
    assert "import" not in classic


def test_forms_that_it_does_not_know_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources(
        tmp_path,
        monkeypatch,
        star='import * as all from "./base.js";\n',
        again='import { again } from "./other.js";\nexport const x = again;\n',
        other='import { x } from "./again.js";\nexport const again = x;\n',
    )
    with pytest.raises(ValueError, match="does not know this form: import"):
        widgets.bundle("star")
    with pytest.raises(ValueError, match="again -> other -> again"):
        widgets.bundle("again")
