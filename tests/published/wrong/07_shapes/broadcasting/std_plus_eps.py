"""(x - mean) / (std + eps), the annotated transformer's form."""


def layer_norm(X, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    std = X.std(axis=-1, keepdims=True)
    return (X - mean) / (std + eps)
