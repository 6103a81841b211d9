"""max and min in place of clip, math.acos; a simulation."""

import math


def angle(a, b):
    lengths = math.sqrt(a @ a) * math.sqrt(b @ b)
    if lengths == 0.0:
        raise ValueError("no angle")
    return math.acos(max(-1.0, min(1.0, float(a @ b) / lengths)))
