"""The trusted process, with pytest in it, that marks. It is forked from the base, by name.

    main.py         messages of the caller: a course to take, submissions, questions
    marking.py      one submission: its exercises, their tests, what each came to
    sitting.py      what it works with: tests, one submission before one exercise, what came of it
    recollection.py what tests made of answers that they were given before
    remains.py      what tests leave in their suite for the tests after them
    references.py   how the reference fares, where it must decide who is at fault
    explaining.py   what explains the marks that were lost, once they are settled
    further.py      a failed test asked to its end, once the marks are settled
    pacing.py       whose time is used, and which tests wait
    suite.py        the hidden suites in one pytest session, run any number of times
    fixtures.py     the pytest plugin: `student`, `rng`, `torch`
    items.py        what pytest collected: whose test it is, its seed, its parameters
    plain.py        the same fixtures under plain `pytest`, where the student is the solution
    transcript.py   what a test asked and what came back
    calls.py        a call as a test would write it, and which one a failure is about
    raised.py       a student's exception: the line, the call, and what would mend it
    refusals.py     what the lock refused, in words
    verdict.py      from the end of a test to its outcome and message
    ends.py         the sentences for a test that the student's code has ended
    comparing/      an answer beside what was expected, in words
    diagnosis/      which wrong idea a wrong answer comes from
    scoring.py      from outcomes to points
    bound.py        a bound on the judge's own work
    examples.py     a handout's tests: the examples of docstrings
    literals.py     what an example should come to, read as data
    trying.py       calls that a student wants to see, answered as plain numbers
    rehearsal.py    each misconception where students are: in part, beside other work
    review.py       an exercise as its author wrote it: what `grade check` reads
    clocks.py       suites that look at the clock
    contract.py     what docstrings let in and suites never try: `grade check --contract`
    inputs.py       the same numbers, lying awkwardly in memory: for suites
    audit.py        which files of the course its code opens while it is checked

Student code never runs here; what comes from a worker is data, and is distrusted.
"""
