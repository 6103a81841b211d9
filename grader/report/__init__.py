"""A verdict, from the document to what people read of it. Pure values and text, in any process.

    model.py   the report, format 1: what each test, exercise and submission came to
    safe.py    text that others wrote, as it is safe to show
    words.py   the words of a verdict, and how an outcome looks
    view.py    how much of a report a student sees, as values
    plain.py   a view as plain lines
    html.py    a view as HTML, for a notebook
    page.py    views as a page and as Markdown that stand alone

The terminal's own layout of a view is `grader.cli.screens.report`.
"""
