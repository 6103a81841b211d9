"""Which wrong idea a wrong answer comes from. Runs in the judge, on the course's own code.

variants.py   the solution and each misconception as modules
replay.py     what a variant would have answered to a student's calls
diagnose.py   the one idea that explains what was answered
hollow.py     answers with nothing in them, of which every comparison holds
"""
