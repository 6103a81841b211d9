"""Visualizers: pictures that are dragged and played, in a page and in a notebook.

Their sources are ES modules in src/. tools/widgets.py makes one file of each in built/, which is
what browsers get. docs/visualizers.md has the contract, and how to add one.

    assets.py    which visualizers there are, their files, and the state in which they begin
    still.py     the same picture without a script: an SVG and tables, for print
    frame.py     one visualizer as an HTML text that needs nothing else
"""
