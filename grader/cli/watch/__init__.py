"""`grade watch`: save, see, understand, next. It runs in the caller: the process of `grade`.

    loop.py       the loop that waits for events, handles them and draws
    events.py     what can happen, and the inbox that all of it comes through
    desk.py       what an event means: which exercise is current, what to grade, what to look at
    page.py       where it is seen: a terminal that is drawn anew, or a line for each event
    view.py       the desk as lines of a screen
    line.py       an event as one line
    canvas.py     the terminal's second screen
    keyboard.py   keys, one at a time
    signals.py    Ctrl-Z, a new size, an end from outside

    study/watcher.py   what was saved            ┐
    keyboard.py        which key was pressed     ├ events → desk.py → page.py
    study/marker.py    what a grading came to    ┘

Threads bring events; only the loop handles them.
"""
