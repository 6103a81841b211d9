"""Wrong ideas about the angle between two vectors.

They are first drafts, written before anybody thinks of a zero vector.
"""

import numpy as np


class ReturnsDegrees:
    """A right angle is 90 in degrees. Which unit does the docstring ask for, and what does arccos
    return by itself?"""

    def angle(a, b):
        return np.degrees(np.arccos(np.clip(_quotient(a, b), -1, 1)))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos().rad2deg()


class StopsAtTheCosine:
    """This is the cosine of the angle: 1 for the same direction, 0 for a right angle. Which
    function takes you from a cosine back to its angle?"""

    def angle(a, b):
        return np.clip(_quotient(a, b), -1, 1)

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1)


class TakesTheCosineTwice:
    """The quotient is a cosine already. Do you want its cosine once more, or the angle that it
    belongs to?"""

    def angle(a, b):
        return np.cos(np.clip(_quotient(a, b), -1, 1))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).cos()


class ForgetsTheLengths:
    """Your angle changes when a vector gets longer. What must be divided out of the dot product
    before it is a cosine?"""

    def angle(a, b):
        return np.arccos(np.clip(a @ b, -1, 1))

    def angle_torch(a, b):
        return (a @ b).clamp(-1, 1).acos()


class DividesByOneLength:
    """Make b twice as long: your answer changes, the angle does not. Which length is still in the
    quotient?"""

    def angle(a, b):
        return np.arccos(np.clip(a @ b / (a @ a) ** 0.5, -1, 1))

    def angle_torch(a, b):
        return (a @ b / (a @ a) ** 0.5).clamp(-1, 1).acos()


class DividesBySquaredLengths:
    """v · v is the square of a length. Where is its root taken before you divide?"""

    def angle(a, b):
        return np.arccos(np.clip(a @ b / ((a @ a) * (b @ b)), -1, 1))

    def angle_torch(a, b):
        return (a @ b / ((a @ a) * (b @ b))).clamp(-1, 1).acos()


class FoldsTheAngle:
    """Your angle is never above π/2: it is the angle between two lines. Vectors have a sense, too:
    where does the sign get lost?"""

    def angle(a, b):
        return np.arccos(np.clip(abs(_quotient(a, b)), -1, 1))

    def angle_torch(a, b):
        return abs(_quotient(a, b)).clamp(-1, 1).acos()


class SubtractsTheDirections:
    """arctan2 gives the direction of a vector in the plane, and the difference may be negative or
    above π. Which formula works with three components too?"""

    def angle(a, b):
        return np.arctan2(b[1], b[0]) - np.arctan2(a[1], a[0])

    def angle_torch(a, b):
        import torch

        return torch.atan2(b[1], b[0]) - torch.atan2(a[1], a[0])


class TrustsTheQuotient:
    """On paper the formula is right. Which two kinds of input make the quotient something that
    arccos cannot take: one after rounding, one with no direction at all?"""

    def angle(a, b):
        return np.arccos(_quotient(a, b))

    def angle_torch(a, b):
        return _quotient(a, b).acos()


class LeavesOutTheClip:
    """Rounding can make the cosine of a vector with its own multiple 1.0000000000000002. What does
    arccos say to that, and what can you do before you call it?"""

    def angle(a, b):
        return np.arccos(_nonzero_quotient(a, b))

    def angle_torch(a, b):
        return _nonzero_quotient(a, b).acos()


class LetsZeroBecomeNan:
    """For a zero vector you divide 0 by 0, and the nan travels on in silence. What should the
    caller hear instead?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), -1, 1))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos()


class CallsZeroPerpendicular:
    """The dot product with a zero vector is 0, but that says nothing about direction: zero has
    none. Which case must be settled before you look at the sign?"""

    def relation(a, b, tolerance=1e-6):
        if abs(a @ b) <= tolerance * ((a @ a) * (b @ b)) ** 0.5:
            return "perpendicular"
        return "similar" if a @ b > 0 else "opposite"


class LetsZeroFallThrough:
    """For a zero vector the quotient is nan, and nan says no to every comparison: it falls through
    to your last branch. What should the caller hear instead?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _quotient(a, b)
        if abs(cosine) <= tolerance:
            return "perpendicular"
        return "similar" if cosine > 0 else "opposite"


class ComparesWithExactlyZero:
    """After rounding, the cosine of a right angle is rarely 0 to the last bit. How close is close
    enough, and which argument says so?"""

    def relation(a, b, tolerance=1e-6):
        return {0: "perpendicular", 1: "similar", -1: "opposite"}[int(np.sign(a @ b))]


class MeasuresTheRawDotProduct:
    """The dot product grows with the lengths, so one tolerance cannot fit long and short vectors.
    Which quantity depends on the angle alone?"""

    def relation(a, b, tolerance=1e-6):
        if abs(a @ b) <= tolerance:
            return "perpendicular"
        return "similar" if a @ b > 0 else "opposite"


class IgnoresTheTolerance:
    """The caller may ask for a wider or narrower right angle, but your answer never changes. Where
    is the argument used?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _quotient(a, b)
        if abs(cosine) <= 1e-6:
            return "perpendicular"
        return "similar" if cosine > 0 else "opposite"


class DemandsParallelVectors:
    """Every angle below π/2 is "similar", not only 0, and every angle above it "opposite". What
    does the sign of the dot product say by itself?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _quotient(a, b)
        if abs(cosine) < 1 - tolerance:
            return "perpendicular"
        return "similar" if cosine > 0 else "opposite"


class SwapsSimilarAndOpposite:
    """A vector is similar to itself, and v · v is positive. Which sign did you give to which
    word?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _quotient(a, b)
        if abs(cosine) <= tolerance:
            return "perpendicular"
        return "similar" if cosine < 0 else "opposite"


def _quotient(a, b):
    return a @ b / ((a @ a) ** 0.5 * (b @ b) ** 0.5)


def _nonzero_quotient(a, b):
    if not a.any() or not b.any():
        raise ValueError("a zero vector has no direction")
    return _quotient(a, b)
