"""X / X.max(), scaled by what happens to be in the batch."""


def features(images):
    X = images.reshape(images.shape[0], -1).astype(float)
    return X / max(X.max(), 1.0)
