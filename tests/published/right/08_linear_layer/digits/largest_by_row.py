"""One argmax for each image."""

import numpy as np


def predict(images, W1, b1, W2, b2):
    answers = []
    for image in images:
        hidden = np.maximum(W1 @ (image.ravel() / 16) + b1, 0)
        answers.append(int(np.argmax(W2 @ hidden + b2)))
    return np.array(answers)
