"""One report in, one file out: a format is one function of a report, without clock and network.

    export.py        what a format is given, and what it gives back
    seen.py          a report as those see it who can open the file
    points.py        what the numbers in a file add up to
    reading.py       a report out of a file of somebody's
    student.py       what a gradebook holds of one student, as a report and its changes
    registry.py      all formats by name, also those of other packages
    junit.py         JUnit XML, for CI services
    gradescope.py    results.json of Gradescope
    classroom50.py   result.json of Classroom 50
    prairielearn.py  results.json of PrairieLearn

A format says in the first line of its docstring how it rounds; `grade export --list` prints that.
"""
