"""A notebook's cells, and the module that is made of them. Runs in the caller, or in a notebook.

    file.py          from the bytes of an .ipynb file to its code cells
    magics.py        what IPython understands and Python does not, taken out
    definitions.py   what each statement defines and needs
    module.py        the text of the module, and the way back from its lines to cells

The judge asks `module` for the way back, when it says where an error was.
"""
