"""Guards its argument with assert, as textbook code in pure Python does."""


def component(v, k):
    assert 1 <= k <= len(v), "no such component"
    return float(v[k - 1])
