"""batch.T."""


def transpose_each(batch):
    return batch.T
