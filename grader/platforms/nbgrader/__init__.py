"""nbgrader: courses built for it, and its submissions marked. Runs in the caller.

    build.py      `grade nbgrader build`: a whole course folder
    notebook.py   a unit as a source notebook
    lesson.py     its lesson, cut where exercises come in
    solution.py   a solution as a cell, of which nbgrader leaves the stub
    configure.py  what nbgrader has to be told
    tidy.py       a submitted notebook's cells, as the gradebook has them
    grade.py      marks, in the place of executing cells
    marks.py      what an autograder cell says
    pages.py      a student's text on pages, without scripts

nbgrader's own commands, and formgrader, load what they need by the names that stand in
`configure.py`; `grader/nbgrader.py` is where these names lead.
"""
