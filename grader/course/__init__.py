"""What is taught: a course as values, and what its files say. Runs in the caller and in the judge.

    outline.py    course, units, exercises: frozen values, and the paths that follow from names
    faults.py     what is wrong with a file, as a `Fault` with its line
    text.py       the course's files as text, and pieces of it by the parser's positions
    names.py      exercises as people type them
    stubs.py      a solution emptied into its stub, and its hints
    examples.py   the examples of docstrings, read from the text
    guide.py      hints, reason and examples, which a handout carries as JSON
    handout.py    a handout that somebody works in: its stubs, and a newer one laid over
    lesson.py     a unit's lesson, cut where its exercises come in
    imports.py    what a text imports, found without parsing it
    libraries.py  whether a course is about PyTorch at all
    digest.py     what decides the marks of an exercise, and digests of it
    reading/      from course.yaml to a `Course`, or to every fault in it

`Course.load` is the way in: `outline` and `reading.load` know each other; no other two files do.
"""
