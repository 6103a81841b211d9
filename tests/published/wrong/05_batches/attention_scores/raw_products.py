"""The table of dot products."""


def cosine_table_torch(X, Y):
    return X @ Y.transpose(-2, -1)
