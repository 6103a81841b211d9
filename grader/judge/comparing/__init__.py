"""An answer beside what was expected, in words. Runs in the judge.

compare.py     the first layer at which two values differ, and `assert_close`
wording.py     values as people read them: short, one line, no dump
typed.py       values and calls as code that makes them
libraries.py   the same for suites that use assert, numpy.testing or torch.testing
asserts.py     what a plain assert asks for, in words
statement.py   the statement of a suite that failed, and the values behind its names
"""
