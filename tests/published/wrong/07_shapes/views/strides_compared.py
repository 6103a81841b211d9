"""Compares all strides with the expected ones, axes of size 1 included."""


def is_contiguous(a):
    expected = a.itemsize
    for n, stride in zip(reversed(a.shape), reversed(a.strides)):
        if stride != expected:
            return False
        expected *= n
    return True
