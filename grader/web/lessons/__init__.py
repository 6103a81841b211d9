"""The course as pages: lesson, visualizer, exercise, live verdict.

shown.py     which visualizer stands where, and which of a student's functions it can draw
text.py      a lesson's text as HTML, with MathML and classes
live.py      a student's work, followed: what is saved is graded
tried.py     what a visualizer may ask of a student's code
inputs.py    from a call that failed to the visualizer that shows it
card.py      what a page shows of one exercise
pages.py     what stands on each page, whoever serves or writes it
export.py    the same pages as files, for `grade lessons --export`
app.py       the pages of `grade lessons`, and what their scripts ask

templates/   how the pages are laid out
static/      their style, and the script that makes them live
widgets/     what is dragged and played: visualizers
"""
