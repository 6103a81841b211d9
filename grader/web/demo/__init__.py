"""A made-up class, for `grade dashboard --demo`: what it hands in was really judged.

    fill.py       the class, its files and its gradebook
    bank.py       texts that may be handed in for each exercise, judged once
    varied.py     a text as one student has it
    growing.py    who is in the class, and what each hands in when: by a seed

Nobody in it exists.
"""

from grader.web.demo.fill import fill

__all__ = ["fill"]
