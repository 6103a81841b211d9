"""What a class has understood, for pages: figures worked out as gradings come. In the caller.

    read.overview(book), read.items(book), read.students(book, …)      stored figures, lists
    refresh.refresh(book)                                              bring them up to date

    values.py     what pages are told of a class and its exercises
    persons.py    what they are told of students and their hand-ins
    read.py       the functions that pages call
    people.py     lists of students, all about one, who needs help now
    code.py       the code of hand-ins: two side by side, samples of a wrong idea
    bare.py       a program without what tells whose it is
    refresh.py    stored figures, brought up to date
    compute.py    all figures of a class
    tally.py      a class counted in one pass
    suites.py     figures of the tests themselves
    hints.py      what is said against a wrong idea
    shared.py     the same without small cells, for others' eyes

Only the gradebook is asked; what it keeps for this stands in `gradebook/standings.py`.
"""
