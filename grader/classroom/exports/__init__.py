"""Marks, on their way to the system that keeps grades. Runs in the caller.

    export.py    what an export takes and gives
    lateness.py  whose lateness is in the marks
    cells.py     what a cell comes to: a unit's or the course's share of the points, or why it stays
    template.py  a sheet whose bytes stay, but for some cells
    columns.py   which column of a sheet is for what
    filling.py   whose row is whose, what changes in it, and what a person should know of it
    canvas.py    Canvas's gradebook
    moodle.py    Moodle's grading worksheet
    table.py     our own CSV
    document.py  our own JSON
    work.py      what was handed in, for exports that show more than marks
    registry.py  all exports, also those of platforms and those that other packages bring

Another package adds one by an entry point of the group `wxb.exports`: its name is the format's, its
value a function of a `Request` that returns a `Written`; the first line of its docstring is what
`grade export --list` says of it.
"""
