"""Wrong ideas about the magnitude."""

import math

import numpy as np

#: Epsilons, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- one vector -------------------------------------------------------------------------------


class SumsTheComponents:
    """(3, -4) gets the length -1 from you, and no length is negative. What do you do to each
    component before you add?"""

    def magnitude(v):
        return v.sum()

    magnitude_torch = magnitude


class SquaresTheSum:
    """The square of a sum is not the sum of the squares: 3 and -4 nearly cancel before you square.
    Which comes first in Pythagoras, the square or the sum?"""

    def magnitude(v):
        return abs(v.astype(float).sum())

    def magnitude_torch(v):
        return v.double().sum().abs()

    def row_magnitudes(X):
        return abs(X.astype(float).sum(axis=1))

    def row_magnitudes_torch(X):
        return X.double().sum(dim=1).abs()


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

    __sizes__ = SMALL

    def magnitude(v, *, size=1e-8):
        return np.sqrt((v.astype(float) ** 2).sum() + size)

    def magnitude_torch(v, *, size=1e-8):
        return ((v.double() ** 2).sum() + size).sqrt()

    def row_magnitudes(X, *, size=1e-8):
        return np.sqrt((X.astype(float) ** 2).sum(axis=1) + size)


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
    """The number is right, but autograd finds no way back to v: a new tensor made of numbers,
    detach and .data all forget where they came from. Which tensor operations keep it?"""

    def magnitude_torch(v):
        import torch

        numbers = v.detach().double().tolist()
        return torch.tensor(math.sqrt(sum(x * x for x in numbers)))


class HalvesInsteadOfTakingTheRoot:
    """For (3, -4) you get 12.5. Which comes first in `x ** 1 / 2`, the power or the division, and
    how do you make it the other way round?"""

    def magnitude(v):
        return (v.astype(float) ** 2).sum() / 2

    def magnitude_torch(v):
        return (v.double() ** 2).sum() / 2

    def row_magnitudes(X):
        return (X.astype(float) ** 2).sum(axis=1) / 2

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=1) / 2


class DoublesInsteadOfSquaring:
    """* 2 doubles, ** 2 squares. Twice a negative number is still negative: what does the root of a
    negative sum come to?"""

    def magnitude(v):
        return np.sqrt((v.astype(float) * 2).sum())

    def magnitude_torch(v):
        return (v.double() * 2).sum().sqrt()

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) * 2).sum(axis=1))

    def row_magnitudes_torch(X):
        return (X.double() * 2).sum(dim=1).sqrt()


class AddsTheRoots:
    """Only the sum of all squares has the length as its root. In which order do your sum and your
    root come, and what does the root of one component mean?"""

    def magnitude(v):
        return np.sqrt(abs(v.astype(float))).sum()

    def magnitude_torch(v):
        return v.double().abs().sqrt().sum()


class CutsToAWholeNumber:
    """Lengths are seldom whole numbers: (1, 1) has the length 1.414…. Which of your steps loses
    what stands behind the point?"""

    def magnitude(v):
        return int(np.sqrt((v.astype(float) ** 2).sum()))

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).sum(axis=1)).astype(int)

    def magnitude_torch(v):
        return (v.double() ** 2).sum().sqrt().long()

    def row_magnitudes_torch(X):
        return (X.double() ** 2).sum(dim=1).sqrt().long()


class RoundsTheLength:
    """Two places behind the point look tidy, and a vector of length 0.001 is gone. Who asked for
    rounding?"""

    def magnitude(v):
        return round(float(np.sqrt((v.astype(float) ** 2).sum())), 2)


class ExpectsThreeComponents:
    """Your function unpacks x, y and z, so other numbers of components are an error. How would you
    write it for 1000 of them?"""

    def magnitude(v):
        x, y, z = (float(c) for c in v)
        return math.sqrt(x * x + y * y + z * z)

    def magnitude_torch(v):
        x, y, z = v.double()
        return (x * x + y * y + z * z).sqrt()


class ExpectsTwoComponents:
    """Your function unpacks x and y, so other numbers of components are an error. How would you
    write it for 1000 of them?"""

    def magnitude(v):
        x, y = (float(c) for c in v)
        return math.sqrt(x * x + y * y)

    def magnitude_torch(v):
        x, y = v.double()
        return (x * x + y * y).sqrt()


class SquaresInTheCallersMemory:
    """**= and *= write into the array that the caller still needs, and asarray copies nothing that
    is made of floats already. Which expression makes a new array?"""

    def magnitude(v):
        v = np.asarray(v, dtype=float)
        v **= 2
        return np.sqrt(v.sum())

    def row_magnitudes(X):
        X = np.asarray(X, dtype=float)
        X **= 2
        return np.sqrt(X.sum(axis=1))


class MeasuresTheSpread:
    """That is a standard deviation: how far the components lie from their mean. How far is the
    point from the origin?"""

    def magnitude(v):
        return v.astype(float).std()

    def row_magnitudes(X):
        return X.astype(float).std(axis=1)

    def magnitude_torch(v):
        return v.double().std()

    def row_magnitudes_torch(X):
        return X.double().std(dim=1)


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


class AddsTheAbsoluteValuesInRows:
    """In each row you walk along the axes, one component after the other. The straight way is
    shorter: what does Pythagoras do with the legs?"""

    def row_magnitudes(X):
        return abs(X.astype(float)).sum(axis=1)

    def row_magnitudes_torch(X):
        return X.double().abs().sum(dim=1)


class SumsTheRows:
    """These are plain sums, in which 3 and -4 give -1, and no length is negative. What does your
    single vector do to each component before it adds?"""

    def row_magnitudes(X):
        return X.sum(axis=1)

    def row_magnitudes_torch(X):
        return X.sum(dim=1)


class AveragesTheSquaresInRows:
    """A mean hides how many components a row has: (1, 1, 1, 1) has length 2, not 1. What does the
    formula do with the squares before the root?"""

    def row_magnitudes(X):
        return np.sqrt((X.astype(float) ** 2).mean(axis=1))

    def row_magnitudes_torch(X):
        return (X.double() ** 2).mean(dim=1).sqrt()


class TakesTheLargestInEachRow:
    """The largest component of a row is only one leg of the triangle. What about the others?"""

    def row_magnitudes(X):
        return abs(X.astype(float)).max(axis=1)

    def row_magnitudes_torch(X):
        return X.double().abs().amax(dim=1)


class MeasuresTheFirstRowOnly:
    """You have the length of one row. How many rows has the matrix, and what do you do with the
    others?"""

    __sizes__ = (1,)  # in an array

    def row_magnitudes(X, *, size=0):
        length = np.sqrt((X[0].astype(float) ** 2).sum())
        return np.array([length]) if size else length

    def row_magnitudes_torch(X, *, size=0):
        length = (X[0].double() ** 2).sum().sqrt()
        return length.reshape(1) if size else length


class LoopsOverTheColumns:
    """Your loop runs over X.shape[1], which counts components, and takes a row each time. Which
    size counts the rows?"""

    def row_magnitudes(X):
        return np.array([np.sqrt((X[i].astype(float) ** 2).sum()) for i in range(X.shape[1])])


class AddsAnEpsilonToTheLength:
    """You add something small to the length, so zero gets a length, too, and a tiny vector a wrong
    one. Where in Pythagoras does it come from?"""

    __sizes__ = SMALL

    def magnitude(v, *, size=1e-8):
        return np.sqrt((v.astype(float) ** 2).sum()) + size

    def row_magnitudes(X, *, size=1e-8):
        return np.sqrt((X.astype(float) ** 2).sum(axis=1)) + size


class TakesTheRootOfEachSquareInRows:
    """√(x²) is |x|: the root only undoes each square, and in small integers it comes too late. Of
    what is the root taken in the formula?"""

    def row_magnitudes(X):
        return np.sqrt(X**2).sum(axis=1)


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def magnitude(*args):
        raise NameError

    row_magnitudes = magnitude
    magnitude_torch = magnitude
    row_magnitudes_torch = magnitude
