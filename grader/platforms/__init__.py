"""The places where instructors already live, one file or folder each. Runs in the caller.

    github/     verdicts at a student's lines, and the summary of a job
    canvas/     Canvas, asked by its REST API with a token: a class from it, marks into it

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.
"""
