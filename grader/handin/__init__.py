"""What was handed in, from files to texts by exercise. Runs in the caller; nothing is executed.

submission.py   a submission as a value, from a path or from texts
folder.py       folders, read within bounds
read.py         one file, in whatever encoding: a module or a notebook
names.py        names of files, as systems change them
archive.py      a zip as a submission, and what `grade pack` says in it
unpacking.py    a zip's entries, looked at and unpacked within bounds
text.py         text that others wrote, made fit to print and to send
cells/          a notebook as the module that its cells make
matching.py     which text belongs to which exercise
doubts.py       whether it matters which of several files is graded
beside.py       data files: which ones the texts may open
books.py        for which exercises notebooks count
newer.py        syntax that the Python here does not know yet
packages.py     folders of modules, by the names that they are imported by
helpers.py      modules beside a notebook that it imports
libraries.py    what it imports that is not installed here
digest.py       what a verdict depends on of it, and digests of that
"""
