"""Q @ K."""


def scores(Q, K):
    return Q @ K
