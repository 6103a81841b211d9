import importlib
import sys

LOADED = ("test_", "conftest", "_pytest", "pytest", "grader.grading", "grader.course", "grader.cli")
NAMES = """
    test_vault test_work solutions.vault solutions misconceptions misconceptions.vault conftest
    tests.hidden tests.submissions grader.grading.judge grader.grading.suite grader.grading.talk
    grader.course.variants grader.grading.engine grader.cli.app
"""


def reached():
    found = [name for name in sys.modules if name.startswith(LOADED)]
    for name in NAMES.split():
        try:
            found.append(str(importlib.import_module(name)))
        except (ImportError, OSError):
            pass
    return found
