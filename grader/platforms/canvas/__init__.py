"""Canvas, asked by its REST API with a token of the instructor's. Runs in the caller.

settings.py    where Canvas is, and the token, which is in no command, log or error
records.py     what Canvas answers, as values
api.py         asking: pages, throttling, time limits, what may be asked again and what may not
course.py      a Canvas course as wxb sees it: which assignment is which unit, people, groups
handed_in.py   submissions and their files, as a source of hand-ins
extensions.py  overrides of due dates, as extensions in the gradebook
pull.py        `grade pull canvas`
plan.py        what `grade push canvas` would write, whose mark stands there, and what stays
planning.py    from the gradebook and what Canvas has now to that plan
policy.py      what Canvas does by itself to marks: lateness, posting, groups, points
push.py        writing it: never twice, read back, stopped at any moment

canvasapi (the extra `canvas`) sends the requests. Only `api.py` imports it, when it is needed.
The API is described at https://canvas.instructure.com/doc/api/; fields were read in lib/api/v1/ of
instructure/canvas-lms.
"""
