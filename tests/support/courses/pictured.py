"""A course of two units with lessons: formulas, code, links, and a visualizer in each."""

from __future__ import annotations

from pathlib import Path

from support.courses import write_course
from support.files import replaced

MAGNITUDE = '''"""How long is a vector?

Hints
-----
1. One number.
2. What happens to a sign when you square?
3. np.sqrt((____ ** 2).sum())

Why it works
------------
Pythagoras.
"""

import numpy as np


def magnitude(v):
    """The length of a vector.

    Examples:
        >>> magnitude(np.array([3.0, -4.0]))
        5.0
    """
    return float(np.sqrt((v**2).sum()))
'''

MATVEC = '''"""How does a matrix act?"""

import numpy as np


def matvec_rows(W, x):
    """One dot product for each row.

    Examples:
        >>> matvec_rows(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 2.0]))
        array([3., 2.])
    """
    return np.array([(row * x).sum() for row in W])
'''

FIRST = """# 1. Vectors

The next unit is [maps](../02_maps/README.md#rows-first), see [`magnitude`](magnitude.py) and
[the data](../../data/x.csv). A length: $|v| = \\\\sqrt{v_1^2}$, for \\$5 or $6.

$$|v|^2 = v \\\\cdot v$$

## How <long>?

<script>alert(1)</script>

```python
print(1)  # a line that is very long, so long that a narrow screen cannot show it, not even
```

| a table | of numbers that are wide | and of more numbers | and more |
|---|---|---|---|
| 1 | 2 | 3 | 4 |

<!-- visualizer: vector {"modes": ["length"]} -->

<!-- a remark for authors -->

**Exercise 1: [`magnitude`](magnitude.py).** Write it.

## How <long>?

The same heading again.
""".replace("\\\\", "\\")

SECOND = """# 2. Maps

## Rows first

```math
W x = \\begin{bmatrix} 1 & 1 \\\\ 0 & 1 \\end{bmatrix} x
```

<!-- visualizer: warp {"modes": ["warp"], "W": [[1, 1], [0, 1]]} -->
"""

FILES = {
    "course.yaml": """format: 1
title: Pictured
limits: {call: 1s, exercise: 4s}
feedback: {hidden: everything}
units:
  - id: 01_vectors
    title: Vectors
    exercises:
      - id: magnitude
        title: How long?
        tests: {test_three_four_five: 1}
  - id: 02_maps
    title: Maps
    exercises:
      - id: matvec
        title: How does a matrix act?
        tests: {test_shear: 1}
""",
    "solutions/01_vectors/magnitude.py": MAGNITUDE,
    "solutions/02_maps/matvec.py": MATVEC,
    "exercises/01_vectors/README.md": FIRST,
    "exercises/02_maps/README.md": SECOND,
    "misconceptions/01_vectors/magnitude.py": '''"""Wrong ideas about length."""


class WalksAlongTheAxes:
    """You walk along the axes. What does Pythagoras do with the legs?"""

    def magnitude(v):
        return float(np.abs(v).sum())
''',
    "misconceptions/02_maps/matvec.py": '''"""Wrong ideas about products."""


class UsesColumns:
    """You took columns where rows were meant. Which axis belongs to a neuron?"""

    def matvec_rows(W, x):
        return W.T @ x
''',
    "tests/hidden/01_vectors/test_magnitude.py": '''"""Lengths."""
import numpy as np
from grader import assert_close


def test_three_four_five(student):
    """The length of (3, -4) is 5."""
    assert_close(student.magnitude(np.array([3.0, -4.0])), 5.0)
''',
    "tests/hidden/02_maps/test_matvec.py": '''"""Products."""
import numpy as np
from grader import assert_close


def test_shear(student):
    """A shear moves the top to the right."""
    W, x = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 2.0])
    assert_close(student.matvec_rows(W, x), np.array([3.0, 2.0]))
''',
}


def write(root: Path) -> Path:
    """Write it, stubs included."""
    return write_course(root, FILES)


def stub(root: Path, name: str = "magnitude") -> Path:
    """The file that a student fills in."""
    unit = {"magnitude": "01_vectors", "matvec": "02_maps"}[name]
    return root / "exercises" / unit / f"{name}.py"


def solve(root: Path, name: str = "magnitude", *changes: str) -> None:
    """Fill it with the solution, in which `old, new, …` are replaced."""
    text = {"magnitude": MAGNITUDE, "matvec": MATVEC}[name]
    path = stub(root, name)
    new = path.with_suffix(".tmp")
    new.write_text(replaced(text, *changes), "utf-8")
    new.replace(path)
