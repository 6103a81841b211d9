"""A class: many students' work, collected, judged, kept and handed back. Runs in the caller.

people.py     a student as one key, with the names that other systems know them by
attempt.py    one hand-in: whose it is, when it came, from where; kept beside its files
collected.py  a collected class, read back; which of its hand-ins count
sheets.py     a sheet that some system exported as CSV
times.py      times as systems write them, and sheets of times
nbgraded.py   nbgrader's gradebook.db, read: people, due dates, extensions
listed.py     people as our own sheet, Canvas's, Moodle's and nbgrader's list them
roster.py     who is in a class, and who is meant by the names that a source gives
intake/       sources of hand-ins, one file each
merged.py     students who turned out to be one, as a class is read
whose.py      whose a hand-in is: a student's, a team's, or not known
clock.py      when each was handed in, where a sheet says it
copied.py     a hand-in's bytes, copied into a folder of its own
prepared.py   what is graded of a hand-in: zips unpacked, names given back
store.py      writing a collected class: whole or not at all, nothing replaced
summary.py    what a run of `grade collect` came to
collect.py    the run itself
policy.py     due dates, lateness, late days, and which attempt decides a mark
batch.py      `grade batch`: what counts is judged once, and settled at once
known.py      what the gradebook knows already, as far as a run may use it
twins.py      who is judged for what is alike, and who waits for that
earlier.py    hand-ins that count after all, as a later one holds no work or came late
judges.py     who judges: hand-ins in, what they came to out; this machine's processors
cluster/      the same, by the workers of a Dask scheduler
plan.py       which hand-ins are to be judged, for which exercises, by what means
compared.py   what another grading would change of marks, and whether it may
regrade.py    whose marks such gradings change, and by how much
decided.py    overrides, extensions, excuses, as commands and pages make them
enrol.py      the people of a collected class, in the gradebook
concerns.py   which hand-ins need a person, and what is said of them
batched.py    what a run of `grade batch` came to
gradebook/    what was handed in, what it came to, and the marks that follow
statistics/   what results say, as pure functions
insight/      figures of a class, worked out as gradings come, for pages
similar/      hand-ins that are nearly the same, as pairs
exports/      marks as other systems read them, one file each
choices.py    what was graded of a student's work: which attempt, which files
feedback.py   what each student gets back, and what still waits
feedback_names.py  the names that an LMS finds a student's feedback by
feedback_files.py  a folder or a zip of feedback, on the disk
written.py    a file in another's place, whole or not at all
"""
