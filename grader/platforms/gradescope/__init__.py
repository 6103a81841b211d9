"""Gradescope: the zip that it builds an autograder from, and what runs in its container.

settings.py      what the zip says of itself, and where things lie in the container
build.py         the zip
setup.sh         runs once, as root, when Gradescope builds the image
prove.py         the end of that: the lock is there, and the course's solutions get full marks
run_autograder   runs for each submission
autograde.py     what that does: from the submission to results.json
page.py          what a student sees before the due date
"""
