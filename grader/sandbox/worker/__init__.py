"""The locked side of the border: one submission's modules, answering. Runs in the worker.

    serve.py       the loop: a request, an answer
    modules.py     the submission's modules, imported by name from texts
    absent.py      stand-ins for libraries that are not installed here
    analysis.py    what the texts say, before any of them runs
    texts.py       the texts as trees
    scopes.py      the top-level names of a module, and the names that their code reads
    wanted.py      what an exercise forbids
    compiled.py    the texts as Python compiles them, each at most once
    still.py       which modules keep nothing from one call to the next
    mentioned.py   the names that a text mentions: a quick look before it is read
    plain.py       which modules cannot change a library
    reading.py     one module, read for that
    forbidden.py   which functions reach it, through all modules
    files.py       data files of the submission, in memory
    left.py        what a call left of its arguments
    libraries.py   says when a library is being loaded, which takes no time from anybody
    guards.py      the same for what only shows when it runs
    checked.py     modules that ask a guard whose method they take
    printed.py     what is printed, kept up to a bound
    refused.py     what the lock refused, where an exception comes from that
    raised.py      an exception in a form that crosses
    rehearsal.py   done in the zygote, before the lock: it makes the first call fast

Nothing in this process is trusted once a line of the submission has run.
"""
