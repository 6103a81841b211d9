"""assert on the shapes of the two."""


def accuracy(predictions, labels):
    assert predictions.shape == labels.shape
    return float((predictions == labels).sum() / predictions.shape[0])
