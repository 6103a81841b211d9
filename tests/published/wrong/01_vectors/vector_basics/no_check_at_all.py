"""t[k - 1].item() and trust in IndexError."""


def component_torch(t, k):
    return t[k - 1].item()
