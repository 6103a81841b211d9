"""w @ x * b."""


def pre_activation(w, x, b=0.0):
    return float(w @ x * b)
