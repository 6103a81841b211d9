"""np.concatenate of the rows; a list of flattened images stacked."""

import numpy as np


def flatten_image(image):
    return np.concatenate(list(image))

def flatten_batch(images):
    return np.stack([image.ravel() for image in images])
