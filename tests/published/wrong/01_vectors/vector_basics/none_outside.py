"""Ends without an answer where there is no component; seen in a small vector class."""


def component(v, k):
    if 0 < k <= v.shape[0]:
        return float(v[k - 1])
    return None
