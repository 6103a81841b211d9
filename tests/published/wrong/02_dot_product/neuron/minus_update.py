"""w - eta * x, as in descent."""


def update(w, x, eta):
    return w - eta * x
