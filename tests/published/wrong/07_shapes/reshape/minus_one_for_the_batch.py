"""reshape(-1, height, width), which never complains if it can help it."""


def unflatten_batch(rows, height, width):
    return rows.reshape((-1, height, width))
