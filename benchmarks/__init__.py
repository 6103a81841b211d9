"""How fast wxb is, beside other ways to do the same: what `make bench` runs.

run            five ways to mark the same twenty submissions
parts          a cold start, a call over the border, a failing test, a second judge
nbgrader       nbgrader's autograde with its own steps and with wxb's
watch          from a save to the answer on the screen
profile_judge  where a judge's time goes

Each is a module to run, as `python -m benchmarks.run`. The others are what these share:
submissions (what is marked), marks (what it came to), inprocess and local (suites without a
border), cells (a suite in a student's kernel), asking (a judge without its
caller), memory and threads.
"""
