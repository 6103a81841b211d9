import numpy as np


def cosine_similarity(a, b):
    na, nb = np.sqrt(a @ a), np.sqrt(b @ b)
    if na == 0 or nb == 0:
        return 0.0
    return float((a / na) @ (b / nb))


def similarities(query, embeddings):
    return np.array([cosine_similarity(query, row) for row in embeddings])


def nearest(query, embeddings):
    scores = list(similarities(query, embeddings))
    return scores.index(max(scores))


def cosine_similarity_torch(a, b):
    import torch.nn.functional as F

    return F.cosine_similarity(a, b, dim=0)


def similarities_torch(query, embeddings):
    import torch.nn.functional as F

    return F.cosine_similarity(embeddings, query.unsqueeze(0), dim=1)
