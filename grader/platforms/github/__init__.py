"""GitHub: verdicts at a student's lines, and the summary of a job. Runs in the caller.

    workflow.py     commands to GitHub's runner, and text that can never be one
    places.py       where in a student's files a verdict stands
    annotations.py  a report as annotations, worst first, as many as GitHub shows
    summary.py      a report as the Markdown of a job's summary

`grade annotate` puts them together; `action.yml` at the repository's top is what a workflow uses.
"""
