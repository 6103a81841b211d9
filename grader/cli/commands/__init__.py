"""One file for each command: its options, and what it calls in the rooms below.

For students, in the order in which they are needed: `list.py`, `lessons.py`, `watch.py`,
`run.py`, `hint.py`, `reset.py`, `solution.py`, `pack.py`, `update.py`. For authors: `new.py`,
`sync.py`, `check.py`, `release.py`. For a class: `collect.py`, `batch.py`, `regrade.py`,
`marks.py`, `explain.py`, `override.py`, `extend.py`, `excuse.py`, `void.py`, `students.py`,
`export.py`, `feedback.py`, `dashboard.py`. For other systems: `annotate.py`, `nbgrader.py`,
`platform.py`, `pull.py`, `push.py`.

A command runs in the caller, the process of `grade`. What is heavy is imported inside of the
functions, so that `grade --help` and `grade list` load no NumPy, no PyTorch, no pytest and no
SQLAlchemy. A new command is a file here, and an import and a name in `grader.cli.app`.
"""
