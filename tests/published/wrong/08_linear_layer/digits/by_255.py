"""/ 255, from code for another data set."""


def features(images):
    return images.reshape(images.shape[0], -1) / 255.0
