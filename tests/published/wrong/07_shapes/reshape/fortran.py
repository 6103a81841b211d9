"""ravel("F")."""


def flatten_image(image):
    return image.flatten("F")
