"""[len(b) for W, b in layers]: the neurons without the inputs."""


def layer_sizes(layers):
    arriving, sizes = layers[0][0].shape[1], []
    for W, b in layers:
        if W.shape[1] != arriving or b.shape != (W.shape[0],):
            raise ValueError("the layers do not fit")
        arriving = W.shape[0]
        sizes.append(arriving)
    return sizes
