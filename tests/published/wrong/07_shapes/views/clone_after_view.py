"""t.view(shape).clone()."""


def reshaped_copy_torch(t, shape):
    return t.view(shape).clone()
