"""Who asks for marks: the same for a command, a notebook and a class. Runs in the caller.

    engine.py         `Grader`: submissions in, reports out
    readings.py       where a submission can be read in several ways: the better one
    pool.py           one base and the judges it forks: given out, taken back, replaced
    conversation.py   one judge: a course for it to take, then one submission at a time
    talk.py           the messages of that conversation

It knows the judge by its name alone, and loads neither NumPy nor PyTorch nor pytest.
"""
