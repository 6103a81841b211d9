"""Sets .shape on a view, and lets NumPy raise what it raises."""


def reshaped_view(a, shape):
    view = a.view()
    view.shape = shape
    return view
