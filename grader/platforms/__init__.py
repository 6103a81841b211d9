"""The places where instructors already live, one file or folder each. Runs in the caller.

    reports/    a report as the file that a system reads: JUnit, Gradescope, PrairieLearn, …

Nothing of a platform is imported by another room: what it needs of wxb stands in `classroom`,
`grading` and `report`.
"""
