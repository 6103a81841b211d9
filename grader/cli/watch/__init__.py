"""`grade watch`: save, see, understand, next.

    files.py      what was saved            ┐
    keyboard.py   which key was pressed     ├ events → desk.py (what it means) → view.py → canvas.py
    marker.py     what a grading came to    ┘

Threads bring events; one loop (`command.py`) handles them and draws.
"""
