"""nbgrader: courses built for it, its submissions marked, marks put into its gradebook.

Runs in the caller; `grade.py`, `tidy.py` and the plugins in nbgrader's processes. Into nbgrader:

    build.py         `grade nbgrader build`: a whole course folder
    notebook.py      a unit as a source notebook
    solution.py      a solution as a cell, of which nbgrader leaves the stub
    configure.py     what nbgrader has to be told
    tidy.py          a submitted notebook's cells, as the gradebook has them
    once.py          what that gradebook says of a notebook, asked once a run
    grade.py         marks, in the place of executing cells
    marks.py         what an autograder cell says
    pages.py         a student's text on pages, without scripts

From a class that was judged outside:

    there.py         what nbgrader's gradebook has, as values
    opened.py        that gradebook, open through nbgrader's own API; its errors as sentences
    plan.py          what it is to have: whose row is whose, points before lateness, penalties
    autograded.py    notebooks as formgrader opens them: what was handed in, with the explanations
    export.py        `grade export nbgrader`
    late.py          the plugin that takes course.yaml's late policy when nbgrader autogrades
    canvas_sheet.py  the plugin that fills Canvas's own sheet with nbgrader's scores

Plugins and steps import nbgrader, so they are reached by the names in `grader/nbgrader.py` alone;
the others import it when they are called.
"""
