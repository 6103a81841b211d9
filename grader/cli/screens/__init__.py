"""What the commands print. A screen lays out values that others have worked out.

    screen.py   the pieces: a line with something at its right end, wrapped text, marks, width
    report.py   a report, one exercise of it, and what is said after a verdict
    course.py   the map of a course, and the next step
    hints.py    the hints of an exercise that are open
    proof.py    what `grade check` found
    collected.py what `grade collect` kept, and what needs a person
    batched.py  how far `grade batch` is, what needs a person, what it came to
    regraded.py whose mark another suite changes, by how much, because of which test
    marks.py    marks of a class or a student, and why they are what they are
    exported.py what an export filled, and what to know before it is uploaded
    pulled.py   what came from a platform: people, hand-ins, extensions
    pushed.py   what a push would write, old and new, and what came of it
    students.py what importing a roster changed, who is in the class
    bar.py      the progress bar of long work, on standard error

All of it runs in the caller: the process of `grade`. Nothing is said by colour alone: each state
has a word or a mark of its own. `--plain` and a pipe get ASCII marks and no colour.
"""
