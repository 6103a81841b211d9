"""The author's workshop. Runs in the caller; whatever runs code is graded over the border.

start.py         a course begun, with a first exercise that proves itself
new.py           an exercise begun: its files, and its entry in course.yaml
sync.py          stubs kept true to their solutions
proof.py         `grade check`: what must be so of each exercise
mutation.py      `grade check --mutants`: does a suite notice small changes?
mutants.py       a solution with one change, many times
operators.py     the changes: what people write by mistake
equivalents.py   changes that no test can notice, listed with their reasons
release.py       the folder that students get
wheel.py         the grader itself in that folder
leaks.py         proof that nothing hidden is in it
contents.py      all that can be read in a file, whatever it is packed in
"""
