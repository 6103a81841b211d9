"""What was handed in, from files to texts by exercise. Runs in the caller; nothing is executed.

submission.py   a submission as a value, from a path or from texts
folder.py       folders, modules and notebooks, read within bounds
archive.py      a zip as a submission, and what `grade pack` says in it
unpacking.py    a zip's entries, looked at and unpacked within bounds
text.py         text that others wrote, made fit to print and to send
cells/          a notebook as the module that its cells make
matching.py     which text belongs to which exercise
beside.py       data files: which ones the texts may open
libraries.py    what it imports that is not installed here
digest.py       what a verdict depends on of it, and digests of that
"""
