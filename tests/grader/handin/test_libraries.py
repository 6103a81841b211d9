"""Which libraries a submission imports that are not installed here."""

from __future__ import annotations

import pytest

from grader import Course, Submission
from grader.handin.libraries import missing_libraries
from grader.handin.matching import match

FOUND = {
    "import nolibrary": ["nolibrary"],
    "import nolibrary.pyplot as plt, numpy as np  # to look": ["nolibrary"],
    "from nolibrary.spatial import distance": ["nolibrary"],
    "import one_lib, two_lib\n": ["one_lib", "two_lib"],
    "import numpy\nimport math\nfrom os import path": [],
    "import helper\nfrom sums import total": [],
    "    import nolibrary\ntry:\n    import nolibrary\nexcept ImportError: pass": [],
    "from nolibrary import *": [],
    'x = 1\n"""\nimport the numbers first\nfrom here on, import nothing\n"""': [],
    "from .near import x\nfrom . import y": [],
    "import 3d": [],
}


@pytest.mark.parametrize("text", FOUND)
def test_libraries_that_are_missing(text: str) -> None:
    found = missing_libraries({"work": text, "helper": ""}, ["sums"])
    assert sorted(found) == FOUND[text]
    assert set(found.values()) <= {"work"}


def test_a_text_that_means_harm_takes_no_longer() -> None:
    text = "import " + ", ".join(f"lib{i}" for i in range(20_000)) + "\n" + "import a " * 50_000
    assert len(missing_libraries({"work": text})) <= 200


def test_it_is_noted_once_and_with_the_file(own_course: Course) -> None:
    text = "import nolibrary.pyplot as plt\ndef magnitude(v):\n    return 0.0\n"
    submission = Submission.from_sources({"01_vectors/magnitude.py": text, "angle.py": text})
    (note,) = [note for note in match(own_course, submission).notes if "installed" in note]
    assert note.startswith("nolibrary is not installed where this is graded (")
    assert note.endswith("imports it): only what uses it fails.")
