"""What a class's results say, as pure functions: numbers in, `Figure`s out. In the caller.

Nothing here reads a gradebook or knows a page; the standard library is all that is used. What is
undefined is None and says why; what rests on few is marked.

    figure.py      a number with what it is worth
    explained.py   what each number means, and what it does not: the one place of those texts
    shares.py      shares with intervals, attempts to pass, bins
    items.py       how an exercise goes with the rest: discrimination, fifths, alpha
    funnel.py      where a class is lost on its way through the course
    suites.py      tests that nobody fails, that always agree, that waver, that are slow
    needs.py       who may need help now, and why
    anonymous.py   small cells that are left out when figures are shared
"""
