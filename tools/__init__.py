"""What the repository is kept with: setting up, reading its texts, and writing its examples.

setup.py          makes .venv
texts.py          reads every tracked text: links, markers of a merge
lms.py            what Canvas and Moodle make of a class
example_class.py  writes examples/class/
"""
