"""One student's work on their own machine. It runs in the caller: the process of `grade`.

progress.py   what was reached: states, hints, what is next
kept.py       the file that remembers it, `.wxb/progress.json`
states.py     how far an exercise is, in marks and words
remember.py   after a verdict: remember it, say why it works, offer a hint
pack.py       the one file to hand in
reset.py      a stub as it was at the start, and the work that was there kept
events.py     what happens while work is marked on every save
watcher.py    a thread that tells which exercises were saved
marker.py     threads that grade them, the newest first
"""
