"""A notebook's cells, and the module that is made of them. Runs in the caller, or in a notebook.

    file.py          from the bytes of an .ipynb file to its code cells
    pasted.py        indents and prompts, taken off
    magics.py        what IPython understands and Python does not, taken out
    definitions.py   what each statement defines and needs
    scopes.py        names that it binds and needs
    effects.py       names whose objects it changes
    makers.py        functions that make functions
    needs.py         which statements some functions need
    module.py        the text of the module, and the way back from its lines to cells
    notebook.py      a notebook that was handed in, as a value
    sections.py      which part of it is about which exercise

The judge asks `module` for the way back, when it says where an error was.
"""
