"""The places where instructors already live, one file or folder each. Runs in the caller.

    nbgrader/    marks into nbgrader's gradebook, and its plugins

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.
"""
