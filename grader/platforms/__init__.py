"""The places where instructors already live, one file or folder each. Runs in the caller.

    bundle.py       a course, or a part of it, and what installs wxb, for another machine
    canvas/         Canvas, asked by its REST API with a token: a class from it, marks into it
    github/         verdicts at a student's lines, and the summary of a job
    gradescope/     the zip that Gradescope builds an autograder from, and what runs there
    nbgrader/       courses built for it, its submissions marked, marks into its gradebook
    prairielearn/   question folders, an image, and what runs in it
    reports/        a report as the file that a system reads: JUnit, Gradescope, PrairieLearn, …

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.

    nbgrader/   courses built for it, and its submissions marked
"""
