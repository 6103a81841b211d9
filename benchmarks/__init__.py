"""How fast wxb is, beside other ways to do the same: what `make bench` runs.

run            five ways to mark the same twenty submissions
parts          a cold start, a call over the border, a failing test, a second judge
kernel         what a student's check() takes of a hub's memory; not in `make bench`
nbgrader       nbgrader's autograde with its own steps and with wxb's
watch          from a save to the answer on the screen
lessons        what a lesson's page weighs, and how soon a picture has a student's answers
peers          wxb beside nbgrader, Otter-Grader and pytest, on one assignment
classes        classes of 200 to 20,000 students: time, memory, a second run, the gradebook
profile_judge  where a judge's time goes

Each is a module to run, as `python -m benchmarks.run`. The others are what these share:
submissions (what is marked), classmates (a whole class of it), marks (what it came to), inprocess
and local (suites without a border), asking (a judge without its caller), memory, threads, timed
bounded (a limit of memory) and cells (a suite in a student's kernel).
For peers: environments (theirs), notebooks (the assignment), peer_nbgrader, peer_otter, and inside
(what their tests import).
"""
