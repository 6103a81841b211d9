"""nbgrader: marks from wxb in its gradebook, its formgrader, its exports. Runs in the caller.

    there.py         what nbgrader's gradebook has, as values
    opened.py        that gradebook, open through nbgrader's own API; its errors as sentences
    plan.py          what it is to have: whose row is whose, points before lateness, penalties
    autograded.py    notebooks as formgrader opens them: what was handed in, with the explanations
    export.py        `grade export nbgrader`
    late.py          the plugin that takes course.yaml's late policy when nbgrader autogrades
    canvas_sheet.py  the plugin that fills Canvas's own sheet with nbgrader's scores

The plugins import nbgrader, so they are reached by the names in `grader.nbgrader` alone; the others
import it when they are called.
"""
