"""size(-2) in place of size(-1)."""


def scaled_scores_torch(Q, K):
    return Q @ K.transpose(-2, -1) / K.size(-2) ** 0.5
