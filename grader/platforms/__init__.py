"""The places where instructors already live, one file or folder each. Runs in the caller.

    reports/        a report as the file that a system reads: JUnit, Gradescope, PrairieLearn, …
    bundle.py       a course, or a part of it, and what installs wxb, for another machine
    gradescope/     the zip that Gradescope builds an autograder from, and what runs there
    prairielearn/   question folders, an image, and what runs in it

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.
"""
