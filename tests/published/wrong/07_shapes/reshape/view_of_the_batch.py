"""x.view(x.size(0), -1), the line of every image model."""


def flatten_batch_torch(images):
    return images.view(images.size(0), -1)
