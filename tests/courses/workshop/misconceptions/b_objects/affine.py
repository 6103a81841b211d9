"""Wrong ideas about a layer."""


class ForgetsTheBias:
    """What does the layer answer to a zero input?"""

    def affine(x, W, b):
        return x @ W.T


class DoesNotTranspose:
    """Which axis of W belongs to the inputs?"""

    def affine(x, W, b):
        return x @ W + b


class DetachesTheInput:
    """How does the error get back to x?"""

    def affine(x, W, b):
        return x.detach() @ W.T + b
