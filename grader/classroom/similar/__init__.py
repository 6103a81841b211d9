"""Hand-ins that are nearly the same, shown as pairs with what they share. In the caller.

What is shown is a reason to look, and no verdict: short exercises converge, and people who learn
together write alike. What all have - the stub, and what much of the class writes - is taken away
first; an exercise of which too little is left says so, and shows none.

    values.py     a pair, what it shares, and what is said of an exercise
    tokens.py     a program as its tokens, names and comments aside
    winnow.py     fingerprints of tokens
    compare.py    programs of one exercise compared
    find.py       the hand-ins of a class, read and compared

Fingerprints are our own (a page of code, after Schleimer, Wilkerson and Aiken, "Winnowing: local
algorithms for document fingerprinting", SIGMOD 2003). Copydetect 0.5 was looked at: it hashes with
Python's `hash`, so that its fingerprints are others in each process; it knows no common code of a
class, and compares each pair anew, where an index does; its offsets behind a class's name are
wrong; and it brings NumPy and Matplotlib, which would need a process of their own.
"""
