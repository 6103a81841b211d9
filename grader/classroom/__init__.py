"""A class: many students' work, collected, judged, kept and handed back. Runs in the caller.

people.py   a student as one key, with the names that other systems know them by
attempt.py  one hand-in: whose it is, when it came, from where; kept beside its files
policy.py   due dates, lateness, late days, and which attempt decides a mark
gradebook/  what was handed in, what it came to, and the marks that follow
"""
