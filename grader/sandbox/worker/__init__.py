"""The locked side of the border: one submission's modules, answering. Runs in the worker.

    serve.py       the loop: a request, an answer
    modules.py     the submission's modules, imported by name from texts
    absent.py      stand-ins for libraries that are not installed here
    analysis.py    what the texts say, before any of them runs
    files.py       data files of the submission, in memory
    guards.py      library functions that an exercise forbids
    libraries.py   says when a library is being loaded, which takes no time from anybody
    printed.py     what is printed, kept up to a bound
    refused.py     what the lock refused, where an exception comes from that
    raised.py      an exception in a form that crosses
    rehearsal.py   done in the zygote, before the lock: it makes the first call fast

Nothing in this process is trusted once a line of the submission has run.
"""
