"""The places where instructors already live, one file or folder each. Runs in the caller.

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.

    nbgrader/   courses built for it, and its submissions marked
"""
