"""Wrong ideas about the magnitude."""

import math

import numpy as np

# --- one vector -------------------------------------------------------------------------------


class SumsTheComponents:
    """(3, -4) gets the length -1 from you, and no length is negative. What do you do to each
    component before you add?"""

    def magnitude(v):
        return v.sum()

    magnitude_torch = magnitude


class ForgetsTheRoot:
    """This is the squared length: 25 for (3, -4). What undoes a square, and how often do you need
    it?"""

    def magnitude(v):
        return (v.astype(float) ** 2).sum()

    def magnitude_torch(v):
        return (v.double() ** 2).sum()


class ForgetsTheRootAndTheType:
    """This is the squared length: 25 for (3, -4). What undoes a square? When that is right, look at
    the type in which the squares of small integers are stored."""

    def magnitude(v):
        return (v**2).sum()

    magnitude_torch = magnitude


class AddsTheAbsoluteValues:
    """You walk along the axes, one component after the other. The straight way is shorter: what
    does Pythagoras do with the legs?"""

    def magnitude(v):
        return abs(v).sum()

    magnitude_torch = magnitude


class TakesTheRootTooEarly:
    """The root of a single square only undoes it: √(v₁²) is |v₁|. Of what is the root taken in the
    formula?"""

    def magnitude(v):
        return np.sqrt(v**2).sum()

    def magnitude_torch(v):
        return (v**2).sqrt().sum()


class AveragesTheSquares:
    """A mean hides how many components there are: (1, 1, 1, 1) has length 2, not 1. What does the
    formula do with the squares before the root?"""

    def magnitude(v):
        return np.sqrt((v.astype(float) ** 2).mean())

    def magnitude_torch(v):
        return (v.double() ** 2).mean().sqrt()


class CountsTheComponents:
    """len counts the components; every vector in the plane would have length 2. How far is the
    point (3, -4) from the origin?"""

    def magnitude(v):
        return len(v)

    magnitude_torch = magnitude


class TakesTheLargestComponent:
    """The largest component is only one leg of the triangle. What about the others?"""

    def magnitude(v):
        return abs(v).max()

    magnitude_torch = magnitude


class StopsAtTwoComponents:
    """Your formula reads v[0] and v[1] and nothing else. How would you write it for 1000
    components?"""

    def magnitude(v):
        return math.sqrt(float(v[0]) ** 2 + float(v[1]) ** 2)

    def magnitude_torch(v):
        return (v[0].double() ** 2 + v[1].double() ** 2).sqrt()


class XorsInsteadOfSquaring:
    """In Python ^ compares bits, and floats have no bits to compare. How is a power written?"""

    def magnitude(v):
        return np.sqrt((v ^ 2).sum())


class AddsAnEpsilon:
    """Something small is added under your root, so even the zero vector gets a length. Where in
    Pythagoras does it come from?"""

    def magnitude(v):
        return np.sqrt((v.astype(float) ** 2).sum() + 1e-8)

    def magnitude_torch(v):
        return ((v.double() ** 2).sum() + 1e-8).sqrt()


class LetsIntegersWrap:
    """200² is 40000, and uint8 ends at 255: the square wraps round before you add. At which moment
    is it still in time to make floats?"""

    def magnitude(v):
        return np.sqrt((v**2).sum())


class LetsIntegerTensorsWrap:
    """Integer tensors wrap round as NumPy's do, and the root that makes floats of them comes too
    late. What must happen before the square?"""

    def magnitude_torch(v):
        return (v**2).sum().sqrt()


class SquaresInSinglePrecision:
    """float32 is wide enough for pixels, but it ends near 1e38, and the square of 1e30 is beyond.
    Which float type goes further?"""

    def magnitude(v):
        return np.sqrt((v.astype(np.float32) ** 2).sum())


class UnwrapsTheTensor:
    """float() and .item() turn a tensor into a plain number, and autograd loses its way back. What
    do .sum() and .sqrt() of a tensor give you already?"""

    def magnitude_torch(v):
        return (v.double() ** 2).sum().sqrt().item()


class LeavesPyTorchOnTheWay:
    """The number is right, but it was made outside PyTorch, so the new tensor does not know that it
    came from v. Which tensor operations do the same?"""

    def magnitude_torch(v):
        import torch

        numbers = v.detach().double().tolist()
        return torch.tensor(math.sqrt(sum(x * x for x in numbers)))


# --- every row --------------------------------------------------------------------------------


class MeasuresTheWholeMatrix:
    """You have one length for all rows together. Which argument of the sum says that only the
    components of one row are added?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).sum())

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum().sqrt()


class MeasuresTheColumns:
    """axis=0 adds down the columns, so you get n lengths. Which axis must disappear if the m rows
    are to stay?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).sum(axis=0))

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=0).sqrt()


class KeepsTheSummedAxis:
    """(m, 1) is a matrix with one column. A list of m lengths has one axis: what keeps the second
    one alive?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).sum(axis=1, keepdims=True))

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=1, keepdim=True).sqrt()


class SqueezesEverything:
    """squeeze without an argument removes every axis of size 1, so a batch of one sample loses its
    own. Which one axis do you mean to lose?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).sum(axis=1, keepdims=True)).squeeze()

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=1, keepdim=True).sqrt().squeeze()


class ForgetsTheRootInRows:
    """These are squared lengths: the row (3, 4) gets 25. Which step of the single vector is
    missing here?"""

    def row_magnitudes(X):
        return (X.astype(float) ** 2).sum(axis=1)

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=1)


class LetsIntegersWrapInRows:
    """In uint8 the square of 200 wraps round to 64. Your rows are squared in the type they came in:
    which type is wide enough?"""

    def row_magnitudes(X):
        return np.sqrt((X**2).sum(axis=1))

    def row_magnitudes_torch(X):
        return (X**2).sum(dim=1).sqrt()


class SquaresRowsInSinglePrecision:
    """float32 ends near 1e38, and the square of 1e30 is beyond. In which float type does your
    single vector square its components?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(np.float32) ** 2).sum(axis=1))


class CollectsAList:
    """The lengths are right, but they lie in a Python list. What makes one array of shape (m,) of
    them?"""

    def row_magnitudes(X):
        return [math.sqrt(sum(x * x for x in row)) for row in X.tolist()]

    row_magnitudes_torch = row_magnitudes
