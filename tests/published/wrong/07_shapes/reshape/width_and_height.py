"""reshape(-1, width, height)."""


def unflatten_batch(rows, height, width):
    if rows.shape[1] != height * width:
        raise ValueError("sizes")
    return rows.reshape(len(rows), width, height)
