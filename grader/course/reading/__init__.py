"""From course.yaml to a `Course`, or to every fault in it at once. Runs in the caller.

    load.py        the whole way, in the order of the files below
    nodes.py       YAML as dicts, lists and text, with the line of each value
    shape.py       which keys there are and what each takes, as pydantic models
    units.py       times, sizes, shares and points as people write them
    sentences.py   from pydantic's errors to faults
    partial.py     what can be checked although the shape has faults: names, sums
    files.py       what course.yaml says against the files in the four trees

The judge reads lines of course.yaml with `nodes`, and nothing else of this.
"""
