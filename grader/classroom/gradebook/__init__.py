"""The gradebook: who handed in what, what it came to, and the marks that follow. In the caller.

Whoever needs it (batch, exports, feedback, pages) uses one class, `book.Gradebook`, and the values
it takes and gives. Each method is one transaction; two processes may use one gradebook at a time.

    with Gradebook(course) as book:             # or Gradebook(course, "postgresql://…/db")
        book.import_roster(people)              # names follow ids; who is gone is inactive
        there = book.known(pairs)               # pair -> grading: judge nothing twice
        book.settle(attempt, judged, reused)    # one attempt, whole or not at all; twice is once
        for student in book.marks():            # picked, minus lateness, plus adjustments
            print(student.person.key, student.earned, "of", student.possible)

    people()  person(text)  import_roster(people)                    who is in the class
    known(pairs)  settle(attempt, …)  settle_all(…)  keep(judged)  replace(…)   what was judged
    recorded(attempts)                               what is settled already
    submissions(…)  verdicts(…)  history(…)  result(grading)         and what is kept of it
    adjust(entries)  take_back(entries)  adjustments()               what people decided
    pushes(place)  begin_push(entry)  see_push(id, seen)  alone(what)   what other systems have
    ledger()  marks(…)                                               what follows
    figures  listing                                 what pages are made of
    note_place(kind, path)  places()  export(key)  erase(key)        one student's data
    office                                           the pages: invitations, log, assignments
    mergers                                          students who turned out to be one
    runs                                             how far runs are, for other programs
    where  notes  protected                                          the place, for people and locks

A grading is keyed by the digest of the sources that its verdict depends on and the digest of all
that decides its marks. Which points its tests give is read from course.yaml when marks are read:
`marks.reweighted` does that for a whole result.

    values.py       what the gradebook takes and gives
    book.py         `Gradebook`, the face
    claim.py        whose gradebook a database is
    marks.py        marks as a view: pure functions of what is stored
    explain.py      a mark, line by line
    students.py     students, their ids, rosters
    sheet.py        a roster's file
    merging.py      two students who are one person
    arrivals.py     attempts, read: when and whence they came
    work.py         attempts recorded, gradings, verdicts
    order.py        the order of a student's attempts
    settling.py     an attempt kept, with all that follows from it
    pushes.py       what was written to other systems
    alone.py        what only one process at a time may do
    office.py       who may open the pages of the class, what they did there, who looks into what
    runs.py         runs as they go: a row for each
    traits.py       what figures need of a grading
    scores.py       what a grading's tests come to, by the points that course.yaml has now
    standings.py    where each student stands, in step with what is settled
    figures.py      rows for the figures of a class, and figures that are stored
    listing.py      lists of students, page by page, and all about one
    adjustments.py  overrides, extensions, excuses, voids
    erase.py        one student's data, given out or removed
    files.py        a student's files in the places that are remembered
    place.py        where a gradebook is
    database.py     the open database: transactions, errors as sentences
    versions.py     tables are made, upgraded after a copy, or refused
    tables.py       the tables; migrations/ has the steps that make them

All of them but `values`, `marks`, `explain`, `files`, `order` and `sheet` import SQLAlchemy, so
commands import the gradebook inside of their functions.
"""
