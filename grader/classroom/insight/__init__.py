"""What a class has understood, for pages: figures worked out as gradings come. In the caller.

    values.py     what pages are told of a class and its exercises
    persons.py    what they are told of students and their hand-ins

Only the gradebook is asked; what it keeps for this stands in `gradebook/standings.py`.
"""
