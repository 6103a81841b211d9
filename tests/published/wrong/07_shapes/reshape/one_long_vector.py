"""flatten() with no start."""


def flatten_batch_torch(images):
    return images.flatten()
