"""Wrong ideas about the angle between two vectors.

They are first drafts, written before anybody thinks of a zero vector.
"""

import math

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)


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
    """Your angle is never above π/2: it is the angle between two lines, and arcsin knows no other.
    Vectors have a sense, too: where does the sign of the dot product get lost?"""

    def angle(a, b):
        return np.arccos(np.clip(abs(_quotient(a, b)), -1, 1))

    def angle_torch(a, b):
        return abs(_quotient(a, b)).clamp(-1, 1).acos()


class SubtractsTheDirections:
    """arctan2 gives the direction of a vector in the plane, and the difference may be negative or
    above π. Which formula works with three components too?"""

    __sizes__ = (1,)  # without its sign

    def angle(a, b, *, size=0):
        turn = np.arctan2(b[1], b[0]) - np.arctan2(a[1], a[0])
        return abs(turn) if size else turn

    def angle_torch(a, b, *, size=0):
        import torch

        turn = torch.atan2(b[1], b[0]) - torch.atan2(a[1], a[0])
        return turn.abs() if size else turn


class ConvertsToRadiansAgain:
    """arccos gives radians already. Which of your steps takes them for degrees?"""

    def angle(a, b):
        return np.radians(np.arccos(np.clip(_quotient(a, b), -1, 1)))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos().deg2rad()


class TakesTheArcsine:
    """The quotient is the cosine of the angle, and for equal directions it is 1. Which angle has
    the sine 1, and which one the cosine?"""

    def angle(a, b):
        return np.arcsin(np.clip(_quotient(a, b), -1, 1))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).asin()


class CrossesTheVectors:
    """A cross product exists for two or three components, and not for 50. Which formula of the
    docstring needs nothing but dot products?"""

    def angle(a, b):
        crossed = np.cross(a, b)
        return np.arctan2((crossed * crossed).sum() ** 0.5, a @ b)

    def angle_torch(a, b):
        import torch

        return torch.atan2(torch.linalg.cross(a, b).norm(), a @ b)


class MeasuresTheOtherSide:
    """Equal directions are π apart for you, and opposite ones 0. Which sign slipped into the
    quotient?"""

    def angle(a, b):
        return np.arccos(np.clip(-_quotient(a, b), -1, 1))

    def angle_torch(a, b):
        return (-_quotient(a, b)).clamp(-1, 1).acos()


class ClipsAtZero:
    """A cosine may be negative: that is every angle above π/2. Between which two numbers does it
    lie?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), 0, 1))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(0, 1).acos()


class DividesThenMultiplies:
    """x / y * z divides by y and then multiplies by z, from left to right. How do you make both
    lengths divide?"""

    def angle(a, b):
        return np.arccos(np.clip(a @ b / (a @ a) ** 0.5 * (b @ b) ** 0.5, -1, 1))

    def angle_torch(a, b):
        return (a @ b / (a @ a) ** 0.5 * (b @ b) ** 0.5).clamp(-1, 1).acos()


class AddsTheLengths:
    """The dot product grows with each length as a factor. Does a sum of the lengths take both out,
    or a product?"""

    def angle(a, b):
        return np.arccos(np.clip(a @ b / ((a @ a) ** 0.5 + (b @ b) ** 0.5), -1, 1))

    def angle_torch(a, b):
        return (a @ b / ((a @ a) ** 0.5 + (b @ b) ** 0.5)).clamp(-1, 1).acos()


class ReadsTwoComponents:
    """Your dot product and your lengths know two components. How would you write them for 50?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a[:2], b[:2]), -1, 1))

    def angle_torch(a, b):
        return _quotient(a[:2], b[:2]).clamp(-1, 1).acos()


class CutsToWholeRadians:
    """Your angles are 0, 1, 2 or 3. Which of your steps loses what stands behind the point?"""

    def angle(a, b):
        return int(np.arccos(np.clip(_nonzero_quotient(a, b), -1, 1)))


class UnwrapsTheTensor:
    """The number is right, but .item() and float() leave PyTorch, and no gradient finds its way
    back. What does acos of a tensor give you already?"""

    def angle_torch(a, b):
        return _nonzero_quotient(a, b).clamp(-1, 1).acos().item()


class AddsAnEpsilon:
    """Something small below the fraction bar makes every cosine too small, so a vector is not at
    angle 0 to itself. Which single case did you want to guard against, and what should happen in
    it?"""

    __sizes__ = SMALL

    def angle(a, b, *, size=1e-8):
        return np.arccos(np.clip(a @ b / ((a @ a) ** 0.5 * (b @ b) ** 0.5 + size), -1, 1))


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


class CountsShortAsZero:
    """A short vector still has a direction, and your threshold refuses it as if it were zero. How
    can you ask for zero itself?"""

    __sizes__ = SMALL

    def angle(a, b, *, size=1e-8):
        return np.arccos(np.clip(_quotient(*_long_or_raise(a, b, size)), -1, 1))

    def relation(a, b, tolerance=1e-6, *, size=1e-8):
        return _word(_quotient(*_long_or_raise(a, b, size)), tolerance)


class ClampsTheLengths:
    """Below your smallest product of lengths every pair is at a right angle. How can you treat zero
    alone?"""

    __sizes__ = SMALL

    def angle(a, b, *, size=1e-8):
        lengths = max((a @ a) ** 0.5 * (b @ b) ** 0.5, size)
        return np.arccos(np.clip(a @ b / lengths, -1, 1))


class LetsAcosRaise:
    """math.acos refuses 1.0000000000000002, and rounding can make the cosine of a vector with its
    own multiple just that. What can you do before you call it?"""

    def angle(a, b):
        return math.acos(_nonzero_quotient(a, b))


class LetsZeroBecomeNan:
    """For a zero vector you divide 0 by 0, and the nan travels on in silence. What should the
    caller hear instead?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), -1, 1))

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos()


class CallsZeroARightAngle:
    """The dot product with a zero vector is 0, but that says nothing about direction: zero has
    none. What should the caller hear instead of π/2?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), -1, 1)) if a.any() and b.any() else math.pi / 2

    def angle_torch(a, b):
        import torch

        return torch.nn.functional.cosine_similarity(a, b, dim=0).clamp(-1, 1).acos()


class AnswersZeroForZero:
    """An angle of 0 says that both vectors point the same way. Does the zero vector point anywhere,
    and what does the docstring ask for?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), -1, 1)) if a.any() and b.any() else 0.0

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos() if a.any() and b.any() else (a @ b)


class AnswersNoneForZero:
    """For a zero vector your answer is None, and the caller computes on with it. A printed message
    does not stop anybody: what does?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(a, b), -1, 1)) if a.any() and b.any() else None

    def relation(a, b, tolerance=1e-6):
        return _word(_quotient(a, b), tolerance) if a.any() and b.any() else None

    def angle_torch(a, b):
        return _quotient(a, b).clamp(-1, 1).acos() if a.any() and b.any() else None


class AssertsADirection:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def angle(a, b):
        assert a.any()
        assert b.any()
        return np.arccos(np.clip(_quotient(a, b), -1, 1))

    def relation(a, b, tolerance=1e-6):
        assert a.any()
        assert b.any()
        return _word(_quotient(a, b), tolerance)

    def angle_torch(a, b):
        assert a.any()
        assert b.any()
        return _quotient(a, b).clamp(-1, 1).acos()


class RaisesZeroDivision:
    """ZeroDivisionError tells how you compute, not what is wrong with the vectors. Which exception
    does the docstring promise for a zero vector?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(*_or_raise(ZeroDivisionError, a, b)), -1, 1))

    def relation(a, b, tolerance=1e-6):
        return _word(_quotient(*_or_raise(ZeroDivisionError, a, b)), tolerance)

    def angle_torch(a, b):
        return _quotient(*_or_raise(ZeroDivisionError, a, b)).clamp(-1, 1).acos()


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def angle(a, b):
        return np.arccos(np.clip(_quotient(*_or_raise(Exception, a, b)), -1, 1))

    def relation(a, b, tolerance=1e-6):
        return _word(_quotient(*_or_raise(Exception, a, b)), tolerance)

    def angle_torch(a, b):
        return _quotient(*_or_raise(Exception, a, b)).clamp(-1, 1).acos()


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


class MissesTheEdgeOfTheTolerance:
    """Where |cos θ| is just the tolerance, as for parallel vectors and 1, your answer is not
    "perpendicular". On which quantity is the tolerance laid, and is its edge inside?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _nonzero_quotient(a, b)
        if abs(cosine) < tolerance:
            return "perpendicular"
        return "similar" if cosine > 0 else "opposite"


class KnowsTwoWords:
    """You answer "similar" or "opposite". When is neither of them right, and who asks about it
    first?"""

    def relation(a, b, tolerance=1e-6):
        return "similar" if _nonzero_quotient(a, b) > 0 else "opposite"


class NeverSaysOpposite:
    """Your answer is never "opposite": where does the sign of the cosine get lost?"""

    def relation(a, b, tolerance=1e-6):
        return "perpendicular" if abs(_nonzero_quotient(a, b)) <= tolerance else "similar"


class UsesATighterTolerance:
    """Your right angle is narrower than the caller's tolerance makes it. Does np.isclose bring one
    of its own, or do you measure degrees where the docstring speaks of cos θ?"""

    def relation(a, b, tolerance=1e-6):
        return _word(_nonzero_quotient(a, b), 1e-8)


class ReturnsTheSign:
    """1, 0 and -1 tell the three cases apart. By which words does the docstring call them?"""

    def relation(a, b, tolerance=1e-6):
        cosine = _nonzero_quotient(a, b)
        return 0 if abs(cosine) <= tolerance else int(np.sign(cosine))


class SaysOrthogonal:
    """One of your words means the right thing, and whoever compares strings does not know that.
    Which three words does the docstring name?"""

    def relation(a, b, tolerance=1e-6):
        word = _word(_nonzero_quotient(a, b), tolerance)
        return "orthogonal" if word == "perpendicular" else word


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def angle(*args):
        raise NameError

    relation = angle
    angle_torch = angle


def _quotient(a, b):
    return a @ b / ((a @ a) ** 0.5 * (b @ b) ** 0.5)


def _nonzero_quotient(a, b):
    if not a.any() or not b.any():
        raise ValueError("a zero vector has no direction")
    return _quotient(a, b)


def _word(cosine, tolerance):
    if abs(cosine) <= tolerance:
        return "perpendicular"
    return "similar" if cosine > 0 else "opposite"


def _or_raise(kind, a, b):
    if not a.any() or not b.any():
        raise kind("a zero vector has no direction")
    return a, b


def _long_or_raise(a, b, least):
    if (a @ a) ** 0.5 < least or (b @ b) ** 0.5 < least:
        raise ValueError("too short")
    return a, b
