"""Sets .shape on a view and translates NumPy's refusal; flatten for the copy."""


def reshaped_view(a, shape):
    view = a[...]
    try:
        view.shape = shape
    except AttributeError as refusal:
        raise ValueError("a copy would be needed") from refusal
    return view

def reshaped_copy(a, shape):
    return a.flatten().reshape(shape)
