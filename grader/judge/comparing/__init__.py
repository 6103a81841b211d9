"""An answer beside what was expected, in words. Runs in the judge.

compare.py     the first layer at which two values differ, and `assert_close`
wording.py     values as people read them: short, one line, no dump
libraries.py   the same for suites that use assert, numpy.testing or torch.testing
"""
