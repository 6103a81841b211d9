"""X.reshape(-1, m).T: the right shape and shuffled pixels; the classic slip."""


def flatten_batch(images):
    return images.reshape(-1, images.shape[0]).T

def flatten_batch_torch(images):
    return images.reshape(-1, images.shape[0]).T
