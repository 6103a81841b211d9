"""math.sqrt on .item(), which gives a plain float; a logging helper."""

import math


def magnitude_torch(v):
    return math.sqrt((v.double() ** 2).sum().item())
