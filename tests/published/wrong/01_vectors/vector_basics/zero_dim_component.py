"""No .item()."""


def component_torch(t, k):
    if not 1 <= k <= t.numel():
        raise IndexError(k)
    return t[k - 1]
