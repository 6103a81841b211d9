"""i and j over the two axes of a matrix."""


def is_local(function, X):
    X = X.astype(float)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            moved = X.copy()
            moved[i, j] += 1.0
            before, after = function(X.copy()), function(moved)
            if before.shape != X.shape:
                return False
            changed = before != after
            changed[i, j] = False
            if changed.any():
                return False
    return True
