"""assert on the two shapes, in the forward of a block."""


def residual(f, x):
    out = f(x)
    assert out.shape == x.shape, "residual shape mismatch"
    return out + x
