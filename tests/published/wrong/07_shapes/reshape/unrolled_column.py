"""image2vector: (h * w, 1), after an online course."""


def flatten_image(image):
    return image.reshape((image.shape[0] * image.shape[1], 1))
