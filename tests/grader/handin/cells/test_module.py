"""Notebooks as submissions: what is taken from their cells, and how it is named."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import Course, Grader, Submission, SubmissionError
from grader.handin.cells.definitions import read_statements
from grader.handin.cells.file import Cell, read_cells
from grader.handin.cells.magics import without_magics
from grader.handin.cells.module import is_from_notebook, labels, module_text, place
from grader.handin.matching import match

Write = Callable[..., Path]


def notebook(*sources: Any, **changes: Any) -> bytes:
    """A notebook of code cells, as Jupyter writes one; a tuple is (cell type, source)."""
    cells = []
    for source in sources:
        kind, text = source if isinstance(source, tuple) else ("code", source)
        cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text, "id": "same"}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        cells.append(cell)
    metadata = {"language_info": {"name": "python"}}
    content = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(content | changes).encode()


def module(*sources: str, names: set[str] | None = None) -> str:
    """The module that cells make."""
    cells = [Cell(f"cell {i}", source) for i, source in enumerate(sources, 1)]
    return module_text(cells, read_statements(cells)[0], names)


def code(*sources: str, names: set[str] | None = None) -> list[str]:
    """Its lines that hold code, without what says where they are from."""
    return [x for x in module(*sources, names=names).splitlines() if x and not x.startswith("#")]


def ran(*sources: str) -> dict[str, Any]:
    """The names of the module, run."""
    found: dict[str, Any] = {}
    exec(compile(module(*sources), "module.py", "exec"), found)
    return found


# --- the file ----------------------------------------------------------------------------------


def test_code_cells_are_counted_among_all() -> None:
    cells, notes = read_cells(notebook(("markdown", "# Hi"), "x = 1", ("raw", "!"), ["y\n", "z"]))
    assert cells == [Cell("cell 2", "x = 1"), Cell("cell 4", "y\nz")]
    assert not notes


def test_what_jupyter_writes_is_read() -> None:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def f(): return 1")])
    assert [c.source for c in read_cells(nbformat.writes(made).encode())[0]] == [
        "def f(): return 1"
    ]


def test_ids_may_be_twice_or_missing_and_outputs_may_hold_nan() -> None:
    data = notebook("a = 1", "b = 'NaN, Infinity'").replace(b', "id": "same"', b"", 1)
    data = data.replace(b'"outputs": []', b'"outputs": [{"data": [NaN, -Infinity]}]')
    assert [c.source for c in read_cells(data)[0]] == ["a = 1", "b = 'NaN, Infinity'"]


def test_a_mark_at_the_beginning_does_no_harm() -> None:
    assert read_cells(b"\xef\xbb\xbf" + notebook("x = 1"))[0]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "it is broken or was cut off"),
        (notebook("x = 1")[:-9], "it is broken or was cut off"),
        (b"[1, 2]", "some other JSON"),
        (b"[" * 100_000, "it is"),
        (b'{"cells": []}', "it names no format"),
        (notebook(nbformat="4"), "it names no format"),
        (notebook(nbformat=3), "notebook format 3, which is too old; open it in Jupyter"),
        (notebook(nbformat=9), "a notebook format that is not 4"),
        (notebook().replace(b": 4,", b": " + b"9" * 5000 + b","), "it names no format"),
        (notebook(cells={}), "it has no list of cells"),
        (notebook(metadata={"language_info": {"name": "R"}}), "a notebook in R, not in Python"),
    ],
)
def test_what_is_no_notebook_is_named(data: bytes, told: str) -> None:
    with pytest.raises(SubmissionError) as met:
        read_cells(data)
    assert told in str(met.value)


def test_a_strange_cell_is_left_out_and_the_others_are_read() -> None:
    strange = [7, None, [], {"cell_type": "code", "source": {"a": 1}}, {"source": ""}]
    good = {"cell_type": "code", "source": "x = 1"}
    cells, notes = read_cells(notebook(cells=[*strange, good]))
    assert [c.label for c in cells] == ["cell 6"]
    assert len(notes) == 5
    assert notes[0] == "cell 1 was left out: it is not what a notebook's cell is"


def test_too_much_code_is_not_read() -> None:
    cells, notes = read_cells(notebook("x = 1", "y = 2\n" * 100_000, "z = 3"))
    assert len(cells) == 2
    assert notes == ["cell 2 was left out: it is longer than 64 KiB"]
    cells, notes = read_cells(notebook(*["y = 2\n" * 10_000] * 6))
    assert len(cells) == 4
    assert notes == ["cell 5 and all below were left out: too much code"]
    cells = [Cell("cell 1", "x = 1\n" * 5), Cell("cell 2", "x = 1\n" * 4), Cell("cell 3", "x")]
    assert read_statements(cells, 8)[1] == ["cell 2 was left out: too many statements"]
    assert len(read_cells(notebook(*["x"] * 3000))[0]) == 2000


# --- magics ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%timeit f(x)",
        "!pip install x",
        "files = !ls",
        "out = %timeit -o f()",
        "a, b = !ls",
        "?np.dot",
        "np.dot?",
        "np.dot??  # why",
        "%cd?",
        "!echo \\\n  it's",
    ],
)
def test_lines_for_ipython_are_left_out(line: str) -> None:
    plain = without_magics(f"x = 1\n{line}\ny = 2")
    assert plain is not None
    assert ast.unparse(ast.parse(plain)) == "x = 1\ny = 2"
    assert plain.count("\n") == line.count("\n") + 2


@pytest.mark.parametrize(
    "text",
    [
        'x = """\n%time\n!ls\n"""',
        "x = (7\n% 4)",
        "x = 7 \\\n% 4",
        "x = a != b",
        "'''it's\n\\'''\n!no'''",
        'y = "\\"%s" % x  # ?\nz = {"a": 1}',
    ],
)
def test_python_that_looks_like_a_magic_stays(text: str) -> None:
    assert without_magics(text) == text


def test_cell_magics() -> None:
    assert without_magics("\n%%time\nx = 1") == "\n\nx = 1"
    assert without_magics("%%capture out --no-stderr\nx = 1") == "\nx = 1"
    for other in ("%%bash\nls", "%%timeit\nx = 1", "%%html\n<b>", "%% \n", "%%writefile a.py\nx"):
        assert without_magics(other) is None
    assert without_magics("pip install numpy") is None
    assert without_magics("ls") is None


def test_a_magic_in_a_block_leaves_the_block_whole() -> None:
    plain = without_magics("def f():\n    !ls\n\nx = 1")
    assert plain == "def f():\n    pass\n\nx = 1"


def test_a_cell_with_a_magic_still_defines() -> None:
    assert code("%%time\n!ls\ndef f():\n    return 1") == ["def f():", "    return 1"]


# --- what becomes of the cells -----------------------------------------------------------------


def test_trials_plots_and_checks_are_left_out() -> None:
    assert code(
        "import numpy as np\nimport matplotlib.pyplot as plt\nfrom grader.notebook import check",
        "def f(x):\n    return np.abs(x)\nplt.plot(f(3)); check('f')\nassert f(1) == 1",
        "result = f(None)\nfor i in range(9):\n    print(i)\n1 / 0",
    ) == ["import numpy as np", "def f(x):", "    return np.abs(x)"]


def test_helpers_and_constants_come_along() -> None:
    kept = code(
        "EPS, SIZE = 1e-9, 3; unused = 4",
        "class Base:\n    kind = SIZE",
        "@decorate\ndef f(x, y=EPS):\n    return helper(x) + TABLE[0]",
        "def decorate(f): return f",
        "def helper(x): return Base",
        "TABLE = [helper(i) for i in range(3)]\nTABLE[0] = 7\nTABLE += [1]",
        names={"f"},
    )
    assert "EPS, SIZE = 1e-9, 3" in kept
    assert "unused = 4" not in kept
    assert {"TABLE[0] = 7", "TABLE += [1]", "    kind = SIZE"} <= set(kept)


def test_a_name_of_a_functions_own_needs_nothing() -> None:
    kept = code("y = f(1) + broken", "def f(y):\n    return y", "def g():\n    y = 2\n    return y")
    assert "y = f(1) + broken" not in kept


def test_the_last_definition_counts() -> None:
    assert ran("def f(): return 1", "def f(): return 2")["f"]() == 2
    assert code("def f(): return 1", "def f(): return 2") == ["def f(): return 2"]


def test_an_earlier_definition_stays_where_it_was_used() -> None:
    found = ran("def f(): return 1", "K = f()", "def f(): return 2", "def g(): return K")
    assert (found["f"](), found["g"]()) == (2, 1)


def test_what_only_changes_a_name_leaves_its_origin() -> None:
    assert ran("W = [1]", "W[0] = 5", "W = W + [2]", "def f(): return W")["f"]() == [5, 2]


def test_blocks_that_define_are_kept() -> None:
    found = ran(
        "try:\n    import nothing_like_this as torch\nexcept ImportError:\n    torch = None",
        "if torch is None:\n    def f(): return 1\nelse:\n    def f(): return 2",
        "with open('nowhere') as file:\n    print(file)",
    )
    assert found["f"]() == 1


def test_functions_that_are_assigned() -> None:
    found = ran("from functools import partial", "f = lambda x: x + 1\ng = partial(f, 2)")
    assert (found["f"](1), found["g"]()) == (2, 3)


def test_imports_from_the_future_go_to_the_top() -> None:
    text = module("x = 1", "from __future__ import annotations\ndef f(a: Nothing): return 1")
    assert text.startswith("from __future__ import annotations")
    assert is_from_notebook(text)
    exec(compile(text, "module.py", "exec"), {})


def test_only_our_part_of_an_import_is_left_out() -> None:
    assert code("import math, grader.notebook as gn\ndef f(): return math.pi, gn") == [
        "import math",
        "def f(): return math.pi, gn",
    ]
    assert code("from grader import notebook, Course\ndef f(): return Course") == [
        "from grader import Course",
        "def f(): return Course",
    ]


def test_what_only_a_cell_may_do_is_left_out() -> None:
    kept = code("x = await g()", "y = [i async for i in g()]", "def f(): return x, y", "return 3")
    assert kept == ["def f(): return x, y"]


def test_a_cell_with_a_syntax_error_is_named() -> None:
    cells = [Cell("cell 1", "x = 1\ndef f(:"), Cell("cell 2", "\0"), Cell("cell 3", "!" * 9)]
    first, second = read_statements(cells)[1]
    assert first == "cell 1 was left out: line 2: invalid syntax"
    assert second.startswith("cell 2 was left out: ")


def test_lines_lead_back_to_cells() -> None:
    text = module(
        "import math\n\nEPS = 1",
        "print(1)\n@wrap\ndef f():\n    # why\n    return EPS / 0\n",
        "def wrap(f): return f; pass",
        "é = 'é'; def_ = 2; K = '''a\nb'''; g = lambda: (é, K)",
    )
    lines = text.splitlines()
    where = {line: place(text, "f.py", number) for number, line in enumerate(lines, 1)}
    assert where["EPS = 1"] == "cell 1, line 3"
    assert where["    return EPS / 0"] == "cell 2, line 5"
    assert where["@wrap"] == "cell 2, line 2"
    assert where["é = 'é'; K = '''a"] == "cell 4, line 1"
    assert where["b'''; g = lambda: (é, K)"] == "cell 4, line 2"
    assert labels(text) == ["cell 1", "cell 2", "cell 3", "cell 4"]
    assert place("x = 1\n", "f.py", 1) == "f.py, line 1"
    assert place(text, "f.py", 10**9)


def test_nothing_defined_is_no_module() -> None:
    assert module("x = 1\nprint(x)") == ""
    assert module("def f(): pass", names={"g"}) == ""


def test_a_hostile_web_of_names_ends_soon() -> None:
    many = 1500
    names = ", ".join(f"x{i}" for i in range(many))
    web = "\n".join(f"x{i} = f()" for i in range(many))
    assert module(f"def f():\n    return {names}\n{web}")


# --- anything at all ---------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
words = r"def f():|return 1|x = |1|%|!|?|'|(|)|@f|import f|;|class f:|# |é|lambda: |await |%%time"
pieces = st.sampled_from([*words.split("|"), "\\", "\n", "\n    ", '"""', "\x00", "\ud800"])
sources = st.lists(pieces, max_size=14).map("".join)
cells = st.fixed_dictionaries(
    {"cell_type": st.just("code") | values, "source": sources | st.lists(sources) | values},
)


@given(st.lists(cells, max_size=4), st.just(4) | values, values)
def test_fuzz_any_json_as_a_notebook(cells: Any, version: Any, metadata: Any) -> None:
    content = {"cells": cells, "nbformat": version, "metadata": metadata}
    check_any(json.dumps(content).encode())


@given(st.binary(max_size=200) | values.map(lambda value: json.dumps(value).encode()))
def test_fuzz_any_bytes_as_a_notebook(data: bytes) -> None:
    check_any(data)


@given(st.lists(sources, max_size=4))
def test_fuzz_any_cells(sources: list[str]) -> None:
    text = module(*sources)
    if text:
        ast.parse(text)
        assert place(text, "f.py", text.count("\n"))


def check_any(data: bytes) -> None:
    """A module that Python can read, or a SubmissionError."""
    try:
        cells, _ = read_cells(data)
    except SubmissionError:
        return
    text = module_text(cells, read_statements(cells)[0])
    if text:
        ast.parse(text)


@pytest.mark.parametrize(
    "source",
    [
        "-" * 100_000 + "1",
        "not " * 40_000 + "1",
        "(" * 5000,
        "a" + ".b" * 50_000,
        "x = " + "1 if 1 else " * 10_000 + "1",
        "if a: pass\n" + "elif b: pass\n" * 10_000,
        "[" * 150 + "1" + " for x in y]" * 150,
        "lambda: " * 20_000 + "1",
        "x = " + "[" * 90 + "-" * 3000 + "1" + "]" * 90,
    ],
)
def test_code_that_is_hard_to_read(source: str) -> None:
    check_any(notebook(source, f"def f():\n    return {source}"))


# --- as a submission ---------------------------------------------------------------------------

SUMS = "import numpy as np\ndef total(v):\n    return float(np.sum(v)){more}\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two exercises, `sums` and `twos`."""
    root = tmp_path_factory.mktemp("course")
    files = {
        "course.yaml": (
            "format: 1\ntitle: Tiny\nfeedback: {hidden: everything}\nunits:\n"
            "  - id: 01_a\n    title: A\n    exercises:\n"
            "      - {id: sums, title: S, forbidden: [numpy.prod],"
            " tests: {test_total: 1, test_product: 1}}\n"
            "      - {id: twos, title: T, tests: {test_double: 1}}\n"
        ),
        "solutions/01_a/sums.py": "import math\ndef total(v):\n    return float(v.sum())\n"
        "def product(v):\n    return float(math.prod(v))\n",
        "solutions/01_a/twos.py": "def double(x):\n    return x + x\n",
        "misconceptions/01_a/sums.py": "",
        "misconceptions/01_a/twos.py": "",
        "tests/hidden/01_a/test_sums.py": (
            "import numpy as np\ndef test_total(student):\n    '''Sums.'''\n"
            "    assert student.total(np.array([1.0, 2.0])) == 3.0\n"
            "def test_product(student):\n    '''Products.'''\n"
            "    assert student.product(np.array([1.0, 2.0])) == 2.0\n"
        ),
        "tests/hidden/01_a/test_twos.py": (
            "def test_double(student):\n    '''Doubles.'''\n    assert student.double(2) == 4\n"
        ),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Course.load(root)


@pytest.fixture(scope="module")
def grader(course: Course) -> Any:
    with Grader(course) as grader:
        yield grader


def written(folder: Path, *sources: Any, name: str = "work.ipynb") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(notebook(*sources))
    return folder / name


def outcomes(report: Any) -> dict[str, str]:
    return {test.id: test.outcome for e in report.exercises for test in e.tests}


def test_one_notebook_counts_for_each_exercise(grader: Grader, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "%matplotlib inline\n" + SUMS.format(more=""),
        "total(None)",
        "def double(x): return x * 2",
    )
    report = grader.grade(Submission.from_path(path))
    assert outcomes(report) == {
        "test_total": "passed",
        "test_product": "not_attempted",
        "test_double": "passed",
    }
    told = report.exercises[0].tests[1].message
    assert told == "There is no product in your notebook yet."
    assert report.notes == ("work.ipynb was read as sums.py and twos.py, by the functions in it.",)


def test_an_error_names_the_cell_and_line(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, ("markdown", ""), "print(1)\n" + SUMS.format(more=" / 0"))
    test = grader.grade(Submission.from_path(path)).exercises[0].tests[0]
    assert test.message.splitlines()[1] == (
        "work.ipynb, cell 2, line 4: return float(np.sum(v)) / 0"
    )


def test_a_forbidden_name_is_found_in_its_cell(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, "import numpy as np\n\ndef product(v):\n    return float(np.prod(v))")
    test = grader.grade(Submission.from_path(path)).exercises[0].tests[1]
    assert test.outcome == "forbidden"
    assert "numpy.prod (work.ipynb, cell 1, line 4)" in test.message


def test_a_stub_in_a_notebook_is_not_begun(grader: Grader, tmp_path: Path) -> None:
    path = written(tmp_path, "def double(x):\n    raise NotImplementedError")
    assert grader.grade(Submission.from_path(path)).exercises[0].outcome == "not_attempted"


def test_a_typo_in_a_name_is_pointed_out(grader: Grader, tmp_path: Path) -> None:
    text = "def product(v): return 1.0\ndef totall(v): return 3.0"
    test = grader.grade(Submission.from_path(written(tmp_path, text))).exercises[0].tests[0]
    assert test.outcome == "error"
    assert "Did you rename it to totall?" in test.message


def test_a_module_wins_unless_it_is_not_begun(course: Course, tmp_path: Path) -> None:
    written(tmp_path, SUMS.format(more=""), "def double(x): return 4")
    (tmp_path / "sums.py").write_text("def total(v): return 3.0\n")
    (tmp_path / "twos.py").write_text("def double(x):\n    raise NotImplementedError\n")
    found = match(course, Submission.from_path(tmp_path))
    assert "return 3.0" in found.modules["sums"]
    assert is_from_notebook(found.modules["twos"])
    assert found.notes == (
        "sums: the module was graded, not work.ipynb.",
        "work.ipynb was read as twos.py, by the functions in it.",
    )


def test_the_notebook_with_most_of_an_exercise_counts(course: Course, tmp_path: Path) -> None:
    written(tmp_path, "def total(v): return 1", name="a.ipynb")
    written(tmp_path, "def total(v): return 2\nproduct = lambda v: 1", name="b.ipynb")
    written(tmp_path, "def other(v): return 2", name="c.ipynb")
    found = match(course, Submission.from_path(tmp_path))
    assert "return 2" in found.modules["sums"]
    assert found.notes == (
        "sums: b.ipynb was graded, not a.ipynb.",
        "b.ipynb was read as sums.py, by the functions in it.",
        "c.ipynb was not graded: it has no function that an exercise asks for.",
    )


def test_a_notebook_that_cannot_be_read_is_noted_in_a_folder(tmp_path: Path) -> None:
    written(tmp_path, "def f(): pass", "def g(:", name="good.ipynb")
    (tmp_path / "bad.ipynb").write_bytes(notebook(nbformat=3))
    (tmp_path / ".ipynb_checkpoints").mkdir()
    written(tmp_path / ".ipynb_checkpoints", "def f(): pass")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "good.ipynb")
    found = Submission.from_path(tmp_path)
    assert list(found.sources) == ["good.ipynb"]
    assert tuple(sorted(found.notes)) == (
        "bad.ipynb was not read: it is in notebook format 3, which is too old; "
        "open it in Jupyter and save it again.",
        "good.ipynb: cell 2 was left out: line 1: invalid syntax.",
        "link.ipynb was not read: it is a link.",
    )


def test_a_notebook_without_functions_says_so(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError) as met:
        Submission.from_path(written(tmp_path, "x = 1", *["def f(:"] * 20))
    lines = str(met.value).splitlines()
    assert lines[0].endswith("work.ipynb: its cells define no function")
    assert lines[1].endswith("cell 2 was left out: line 1: invalid syntax")
    assert lines[-1].endswith("12 more cells were left out")


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "work.txt"
    path.write_text("x")
    with pytest.raises(SubmissionError, match=r"expected a folder, a \.py or an \.ipynb file"):
        Submission.from_path(path)


def test_pack_takes_a_notebook_as_it_is(course: Course, tmp_path: Path) -> None:
    import zipfile

    from grader.study import pack

    folder = tmp_path / "exercises"
    path = written(folder, SUMS.format(more=""), "def g(:")
    work = Submission.from_path(folder)
    pack.write(work, tmp_path / "out.zip", folder)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.read("exercises/work.ipynb") == path.read_bytes()
