"""target minus output, as in the delta rule; neural network tutorials."""


def error(prediction, target):
    return target.astype(float) - prediction

def error_torch(prediction, target):
    return target - prediction
