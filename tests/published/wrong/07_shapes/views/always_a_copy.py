"""reshape(...).copy() raises nothing."""


def reshaped_view(a, shape):
    return a.reshape(shape).copy()
