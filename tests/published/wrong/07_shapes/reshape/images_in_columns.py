"""X.reshape(X.shape[0], -1).T, samples in columns."""


def flatten_batch(images):
    return images.reshape(images.shape[0], -1).T
