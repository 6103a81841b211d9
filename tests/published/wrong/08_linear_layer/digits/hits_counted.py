"""sum of hits."""


def accuracy(predictions, labels):
    if predictions.shape != labels.shape:
        raise ValueError("shapes")
    return float((predictions == labels).sum())
