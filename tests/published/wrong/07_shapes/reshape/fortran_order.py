"""order="F", from code translated from MATLAB."""


def flatten_image(image):
    return image.flatten(order="F")
