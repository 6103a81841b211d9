"""Write examples/class/: forty made-up students and what they handed in for the first unit.

    python -m tools.example_class [folder]

Everybody here is made up; two have one name. Each module is a reference, an accepted variant,
a reference with one wrong idea in it, or work that was left half-way: a seed decides which.
The same tree gives the same bytes.
"""

from __future__ import annotations

import ast
import random
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from grader.course.text import without_docstrings
from tools.lms import Student, Upload, canvas_sheet, canvas_zip, moodle_sheet, moodle_zip, zipped

__all__ = ["FILES", "students", "write", "written"]

ROOT = Path(__file__).resolve().parent.parent
FILES = ("submissions.zip", "gradebook.csv", "moodle.zip", "worksheet.csv")
UNIT, TITLE, POINTS = "01_vectors", "Vectors", "12.00"
EXERCISES = ("vector_basics", "magnitude", "unit_vector", "arithmetic")
_SEED = 20270201
#: The same name twice; accents, apostrophes, hyphens, other scripts, one very long name.
_NAMES = (
    "Ada Brandt", "Zoë O'Neill", "Kim Lee", "Kim Lee", "Anna-Lena Weiß", "José Núñez Ortega",
    "李 小龍", "Ольга Иванова", "Σοφία Παππά", "عمر خليل", "Renée d'Aubigné", "Łukasz Żak",
    "Nguyễn Thị Mai", "Björk Ásgeirsdóttir", "Søren Ågård", "Mary Ann van der Berg", "Ravi Rao",
    "Priya Venkataraman", "Wolfeschlegelsteinhausenbergerdorff Maximilian Alexander Hieronymus",
    "Tim Ng", "Ines Costa", "Tomás Ó Súilleabháin", "Hannah Vogel", "Ben Adler", "Clara Dorn",
    "Emil Fuchs", "Greta Hahn", "Ida Jung", "Karl Lang", "Mila Nowak", "Otto Paul", "Quinn Reed",
    "Sara Tell", "Uwe Voss", "Wanda Xu", "Yara Zahn", "Arda Demir", "Noa Ben-David", "Ki Park",
    "Jane Doe",
)  # fmt: skip
_MINUTES = 60


def students() -> list[Student]:
    """The class, in the order in which it was enrolled."""
    found = []
    for n, name in enumerate(_NAMES):
        first, _, last = name.partition(" ")
        login = f"s{n + 1:02}"
        found.append(
            Student(
                first, last, 101 + n, f"S{2701 + n}", login, f"{login}@example.org",
                "Tuesday" if n % 2 else "Monday", 1_234_500 + 7 * n,
            )
        )  # fmt: skip
    return found


def written() -> dict[str, bytes]:
    """The files of examples/class/: name -> bytes."""
    chance = random.Random(_SEED)
    texts = {exercise: list(_kinds(exercise)) for exercise in EXERCISES}
    everybody = students()
    canvas, moodle, times = [], [], {}
    for student in everybody:
        work = _work(chance, texts)
        if not work:
            continue  # handed in nothing
        late = chance.random() < 0.12
        canvas.append(Upload(student.sortable, student.canvas, _as_canvas(chance, work), late))
        moodle.append(Upload(student.name, student.participant, work))
        day, minute = divmod(chance.randrange(3 * 24 * _MINUTES), 24 * _MINUTES)
        times[student.participant] = _in_words(3 if late else day % 2, minute)
    sheet = moodle_sheet(everybody, times, POINTS).encode()
    return {
        "submissions.zip": canvas_zip(sorted(canvas, key=lambda upload: upload.name)),
        "gradebook.csv": canvas_sheet(everybody, TITLE, POINTS).encode("utf-8-sig"),
        "moodle.zip": moodle_zip(moodle),
        "worksheet.csv": sheet,
    }


def write(folder: Path) -> None:
    """Write them into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in written().items():
        (folder / name).write_bytes(data)


def _in_words(day: int, minute: int) -> str:
    days = (("Saturday", 30, "January"), ("Sunday", 31, "January"), ("Monday", 1, "February"),
            ("Tuesday", 2, "February"))  # fmt: skip
    weekday, date, month = days[day]
    hour, minute = divmod(minute, 60)
    half = "AM" if hour < 12 else "PM"
    return f"{weekday}, {date} {month} 2027, {hour % 12 or 12}:{minute:02} {half}"


# --- what they handed in ------------------------------------------------------------------------


def _work(chance: random.Random, texts: dict[str, list[tuple[str, str]]]) -> dict[str, bytes]:
    """One student's modules; a strong student has fewer wrong ideas than a weak one."""
    if chance.random() < 0.05:
        return {}
    strength = chance.random()
    work = {}
    for exercise, kinds in texts.items():
        wanted = chance.choices(
            ("reference", "variant", "idea", "half"),
            (strength, strength, 1.2 - strength, 0.5 * (1 - strength)),
        )[0]
        if wanted == "half" and chance.random() < 0.4:
            continue  # the file was never handed in
        text = chance.choice([text for kind, text in kinds if kind == wanted])
        work[f"{exercise}.py"] = text.encode()
    return work or {"magnitude.py": texts["magnitude"][0][1].encode()}


def _as_canvas(chance: random.Random, work: dict[str, bytes]) -> dict[str, bytes]:
    """The same as people upload it: some a zip, some again, so that Canvas renames the file."""
    how = chance.random()
    if how < 0.15:
        return {"handin.zip": zipped((f"exercises/{UNIT}/{n}", data) for n, data in work.items())}
    if how < 0.3:
        return {name.replace(".py", f"-{chance.randint(1, 3)}.py"): d for name, d in work.items()}
    return dict(work)


def _kinds(exercise: str) -> Iterator[tuple[str, str]]:
    """Texts that may be handed in for an exercise, and what each of them is."""
    reference = without_docstrings(
        (ROOT / "solutions" / UNIT / f"{exercise}.py").read_text("utf-8")
    )
    yield "reference", reference
    for path in sorted((ROOT / "tests" / "accepts" / UNIT / exercise).glob("*.py")):
        yield "variant", without_docstrings(path.read_text("utf-8"))
    ideas = (ROOT / "misconceptions" / UNIT / f"{exercise}.py").read_text("utf-8")
    yield from (("idea", text) for text in _with_ideas(reference, ideas))
    yield "half", _half(reference)


def _with_ideas(reference: str, ideas: str) -> Iterator[str]:
    """The reference with the functions of each wrong idea in place of its own.

    Ideas that need something else of their file are left out.
    """
    lines = ideas.splitlines()
    tree = ast.parse(ideas)
    own = {name for node in tree.body for name in _defined(node)}
    for idea in tree.body:
        if not isinstance(idea, ast.ClassDef):
            continue
        used = {node.id for node in ast.walk(idea) if isinstance(node, ast.Name)}
        if used & own:
            continue
        text = reference
        for node in idea.body[1:]:
            for name in _defined(node):
                body = textwrap.dedent("\n".join(lines[node.lineno - 1 : node.end_lineno]))
                text = _replaced(text, name, body)
        yield text


def _defined(node: ast.stmt) -> list[str]:
    """The names that a statement gives, but for imports."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _replaced(text: str, name: str, body: str) -> str:
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if name in _defined(node):
            lines[node.lineno - 1 : node.end_lineno] = body.splitlines()
            return "\n".join(lines) + "\n"
    return f"{text}\n\n{body}\n"


def _half(reference: str) -> str:
    """The first half of the functions; of the others the first line, and that they are not done."""
    functions = [n for n in ast.parse(reference).body if isinstance(n, ast.FunctionDef)]
    lines = reference.splitlines()
    for function in reversed(functions[len(functions) // 2 :]):
        start, end = function.body[0].lineno - 1, function.end_lineno
        lines[start:end] = ["    # TODO", "    raise NotImplementedError"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "class")
