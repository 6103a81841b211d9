"""PrairieLearn: question folders, the image of an external grader, and what runs in it.

build.py    questions, each with what marks it, and the image's files
run.sh      what PrairieLearn starts in the container for each submission
grade.py    what that does: from /grade/student to /grade/results/results.json
"""
