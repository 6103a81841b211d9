"""Who starts whom, and how each ends.

control.py       what they say to each other, and the line it goes over
interpreter.py   a fresh interpreter with nothing of its parent's
caller.py        the caller's handle on a base, and why a judge is gone
base.py          imports the slow libraries once, forks the zygote and the judges
zygote.py        forks locked workers, and nothing else
hugepages.py     makes the forks of a large process cheap
launch.py        how a judge gets workers: from the zygote, or as fresh interpreters

caller ──▶ base ──▶ zygote ──▶ worker, worker …
             └────▶ judge, judge …   (each asks the zygote for workers)
"""
