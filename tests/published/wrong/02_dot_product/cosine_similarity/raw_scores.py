"""argmax of the raw products; a retrieval demo with vectors thought to be unit."""


def nearest(query, embeddings):
    scores = embeddings @ query
    return int(scores.argmax())
