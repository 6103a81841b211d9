"""Wrong ideas about unit vectors."""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- one vector -------------------------------------------------------------------------------


class DividesByTheSum:
    """Your components sum to one: that is for probabilities. Which number must be one for a unit
    vector?"""

    def unit_vector(v):
        return _over(v, v.sum())

    unit_vector_torch = unit_vector


class DividesByTheLargest:
    """You scale by the largest component. Compute the length of your result for (3, -4): is it
    one?"""

    def unit_vector(v):
        return _over(v, v.max())


class DividesByTheLargestSize:
    """Your largest component becomes 1 or -1, but a vector is longer than any one component. By
    what must you divide to get length one?"""

    def unit_vector(v):
        return _over(v, abs(v).max())

    unit_vector_torch = unit_vector


class DividesByTheSquaredLength:
    """v · v is the square of the length, so you divide once too often. What is missing?"""

    def unit_vector(v):
        return _over(v, (v * v).sum())

    unit_vector_torch = unit_vector


class DividesByTheAbsoluteValues:
    """In v / |v| the bars mean the length, one number for the whole vector. What do abs and np.abs
    give you?"""

    def unit_vector(v):
        return v / (abs(v) + (v == 0))

    unit_vector_torch = unit_vector


class DropsTheSigns:
    """A direction has signs: (3, -4) and (3, 4) point different ways. Where do yours get lost?"""

    def unit_vector(v):
        return _over(abs(v), _length(v))

    unit_vector_torch = unit_vector


class Standardizes:
    """Subtracting the mean and dividing by the standard deviation is what layer norm does. It moves
    the vector to another place; how do you only rescale it?"""

    def unit_vector(v):
        return _over(v - v.mean(), ((v - v.mean()) ** 2).mean() ** 0.5)

    unit_vector_torch = unit_vector


class ScalesIntoZeroToOne:
    """You move the smallest component to 0 and the largest to 1. A unit vector keeps the direction:
    what may be done to v without turning it?"""

    def unit_vector(v):
        return _over(v - v.min(), v.max() - v.min())

    unit_vector_torch = unit_vector


class LetsZeroBecomeNan:
    """0 / 0 is nan, and nan spreads. Which policy for the zero vector does the docstring state, and
    when must it be decided?"""

    def unit_vector(v):
        return v / _length(v)


class RefusesTheZeroVector:
    """Raising is a policy, too, but not the one that was chosen here. What does the docstring say
    about the zero vector?"""

    def unit_vector(v):
        if _length(v) == 0:
            raise ValueError("the zero vector has no direction")
        return v / _length(v)

    unit_vector_torch = unit_vector

    def unit_rows(X):
        if (_length(X) == 0).any():
            raise ValueError("a zero row has no direction")
        return X / _length(X)[:, None]

    unit_rows_torch = unit_rows


class ReturnsNothingForZero:
    """For the zero vector your function ends without a return, so its answer is None. What is it to
    give back?"""

    def unit_vector(v):
        if _length(v) > 0:
            return v / _length(v)

    unit_vector_torch = unit_vector


class AddsAnEpsilonAlways:
    """An epsilon below the fraction bar shortens every small vector, to protect you from one case.
    How can you treat zero alone?"""

    __sizes__ = SMALL

    def unit_vector(v, *, size=1e-8):
        return v / (_length(v) + size)

    def unit_rows(X, *, size=1e-8):
        return X / (_length(X)[:, None] + size)

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class CountsShortAsZero:
    """A short vector still has a direction. Below some length yours shrink to nothing: is there a
    threshold, or a smallest length that you divide by? How can you ask for zero itself?"""

    __sizes__ = SMALL

    def unit_vector(v, *, size=1e-8):
        return _over(v, _length(v)) * (_length(v) > size)

    def unit_rows(X, *, size=1e-8):
        return _over(X, _length(X)[:, None]) * (_length(X)[:, None] > size)

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class ClampsTheLength:
    """A short vector still has a direction. Below some length yours shrink to nothing: is there a
    threshold, or a smallest length that you divide by? How can you ask for zero itself?"""

    __sizes__ = SMALL

    def unit_vector(v, *, size=1e-8):
        return v / max(_length(v), size)

    def unit_rows(X, *, size=1e-8):
        return X / _length(X).clip(size)[:, None]

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class KeepsTheIntegerType:
    """0.6 does not fit into an array of integers, and its fraction is cut off. Which dtype has the
    array that you fill?"""

    def unit_vector(v):
        return _over(v, _length(v)).astype(v.dtype)


class DividesInPlace:
    """/= writes into the caller's array, and the caller still needs it as it was. Which way of
    dividing makes a new array?"""

    def unit_vector(v):
        if _length(v) > 0:
            v /= _length(v)
        return v


class DividesByTheSumOfSizes:
    """The sizes of your components sum to one. Compute the length of your result for (3, -4) with
    Pythagoras: is that one, too?"""

    def unit_vector(v):
        return _over(v, abs(v).sum())

    def unit_rows(X):
        return _over(X, abs(X).sum(1)[:, None])

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class DividesByTheCount:
    """You divide by the number of components. Is the length of (3, -4) two? Which number makes it
    one?"""

    def unit_vector(v):
        return v / len(v)

    def unit_rows(X):
        return X / X.shape[1]

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class MultipliesByTheLength:
    """A long vector gets longer still. Is a length multiplied or divided out?"""

    def unit_vector(v):
        return v * _length(v)

    def unit_rows(X):
        return X * _length(X)[:, None]

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class ReturnsTheLength:
    """You return how long the vector is. What is to be done with that number?"""

    def unit_vector(v):
        return _length(v)

    def unit_rows(X):
        return _length(X)

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class HalvesInsteadOfTakingTheRoot:
    """Which comes first in `x ** 1 / 2`, the power or the division, and how do you make it the
    other way round?"""

    def unit_vector(v):
        return _over(v, (v * v).sum() / 2)

    def unit_rows(X):
        return _over(X, (X * X).sum(1)[:, None] / 2)

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class MeasuresThreeComponents:
    """Your length knows the first three components, no more and no fewer. How would you write it
    for 1000 of them?"""

    def unit_vector(v):
        return _over(v, (v[0] ** 2 + v[1] ** 2 + v[2] ** 2) ** 0.5)

    unit_vector_torch = unit_vector


class MeasuresTwoComponents:
    """Your length knows the first two components, no more and no fewer. How would you write it for
    1000 of them?"""

    def unit_vector(v):
        return _over(v, (v[0] ** 2 + v[1] ** 2) ** 0.5)

    unit_vector_torch = unit_vector


class AssertsALength:
    """Stopping the program is a policy, too, but not the one that was chosen here. What does the
    docstring say about the zero vector?"""

    def unit_vector(v):
        assert _length(v) > 0
        return v / _length(v)

    def unit_rows(X):
        assert (_length(X) > 0).all()
        return X / _length(X)[:, None]

    unit_vector_torch = unit_vector
    unit_rows_torch = unit_rows


class RaisesZeroDivision:
    """Raising is a policy, too, but not the one that was chosen here. What does the docstring say
    about the zero vector?"""

    def unit_vector(v):
        if _length(v) == 0:
            raise ZeroDivisionError
        return v / _length(v)

    unit_vector_torch = unit_vector


class AnswersASingleZero:
    """For the zero vector you return one number, and everywhere else a vector. What shape does the
    docstring promise for every v?"""

    def unit_vector(v):
        return v / _length(v) if _length(v) > 0 else 0.0

    unit_vector_torch = unit_vector


class HandsBackTheZeroVector:
    """For zero you hand back the caller's own array: whoever writes into the result changes v, and
    integers stay integers. What kind of array does the docstring promise?"""

    def unit_vector(v):
        return v / _length(v) if _length(v) > 0 else v


class InventsADirection:
    """For the zero vector you return some unit vector, as if it pointed there. What does the
    docstring ask for instead?"""

    def unit_vector(v):
        if _length(v) > 0:
            return v / _length(v)
        first = v * 0.0
        first[0] = 1.0
        return first

    unit_vector_torch = unit_vector


class AnswersOnesForZero:
    """For the zero vector you return ones, whose length is √n. What does the docstring ask for?"""

    def unit_vector(v):
        return v / _length(v) if _length(v) > 0 else v * 0.0 + 1.0

    unit_vector_torch = unit_vector


class LeavesVectorsOfIntegers:
    """/= cannot put fractions into an array of integers, and a copy keeps the dtype. Which way of
    dividing makes an array of floats?"""

    def unit_vector(v):
        new = v.copy()
        if _length(v) > 0:
            new /= _length(v)
        return new


# --- every row --------------------------------------------------------------------------------


class ForgetsKeepdims:
    """m lengths of shape (m,) line up with the last axis, the columns, so entries meet the lengths
    of other rows. Which shape keeps each length beside its own row?"""

    def unit_rows(X):
        return X / np.linalg.norm(X, axis=1)


class NormalizesTheColumns:
    """Your columns have length one. Take one row of your result: which axis must its length be
    summed over?"""

    def unit_rows(X):
        return _over(X, _length(X, 0))


class NormalizesTheWholeMatrix:
    """One length for the whole matrix cannot bring every row to length one. How many lengths do m
    rows have?"""

    def unit_rows(X):
        return _over(X, ((1.0 * X) ** 2).sum() ** 0.5)


class LetsZeroRowsBecomeNan:
    """A zero row has length 0, and 0 / 0 is nan. What can you divide by instead, where a length is
    0, and only there?"""

    def unit_rows(X):
        return X / _length(X, 1)[:, None]


class LeavesZeroRowsUnset:
    """`where` leaves out the zero rows, and nobody writes into their places: what stands there is
    whatever lay in memory. Which argument of np.divide holds the values for them?"""

    def unit_rows(X):
        lengths = _length(X)[:, None]
        return np.divide(X, lengths, where=lengths > 0)


class DropsZeroRows:
    """Each row is a sample and must keep its place; without the zero rows nothing lines up any
    more. What shape has the answer?"""

    def unit_rows(X):
        X = X[_length(X, 1) > 0]
        return X / _length(X, 1)[:, None]


class StandardizesTheRows:
    """Subtracting each row's mean and dividing by its standard deviation is layer norm: its rows
    have length √n, not one. Which of the two steps is not needed?"""

    def unit_rows(X):
        moved = X - X.mean(1)[:, None]
        return _over(moved, (moved * moved).mean(1)[:, None] ** 0.5)


class DividesRowsByTheirSum:
    """Your rows sum to one: that is for probabilities. Which number must be one for a unit
    vector?"""

    def unit_rows(X):
        return _over(X, X.sum(1)[:, None])

    unit_rows_torch = unit_rows


class DividesRowsByTheirLargest:
    """The largest entry of each row becomes 1 or -1, but a row is longer than any one component. By
    what must you divide to get length one?"""

    def unit_rows(X):
        return _over(X, abs(X).max(1)[:, None])

    def unit_rows_torch(X):
        return _over(X, abs(X).amax(1)[:, None])


class DividesRowsBySquaredLengths:
    """The sum of a row's squares is the square of its length. What is missing before you divide?"""

    def unit_rows(X):
        return _over(X, (X * X).sum(1)[:, None])

    unit_rows_torch = unit_rows


class DividesRowsInPlace:
    """/= writes into the caller's matrix, and fails for integers. Which way of dividing makes a new
    array?"""

    def unit_rows(X):
        lengths = _length(X)[:, None]
        X /= lengths + (lengths == 0)
        return X

    unit_rows_torch = unit_rows


class UsesTheLengthOfTheFirstRow:
    """Every row is divided by the same length. Whose length must divide row 1?"""

    def unit_rows(X):
        return _over(X, _length(X[0]))

    unit_rows_torch = unit_rows


class RefusesIntegersInTheBuffer:
    """A buffer made like X has the dtype of X, and np.divide puts no fractions among integers.
    Which dtype should `out` have?"""

    def unit_rows(X):
        lengths = _length(X)[:, None]
        return np.divide(X, lengths, out=np.zeros_like(X), where=lengths > 0)


class CutsTheRowsToIntegers:
    """You fill a buffer made like X, and if X holds integers, so does the buffer. What happens to
    0.6 there?"""

    def unit_rows(X):
        new = np.zeros_like(X)
        for i, row in enumerate(X):
            new[i] = _over(row, _length(row))
        return new


class CollectsAListOfRows:
    """The rows are right, but they lie in a Python list. What makes one array of shape (m, n) of
    them?"""

    def unit_rows(X):
        return [_over(row, _length(row)) for row in X]

    unit_rows_torch = unit_rows


class LeavesAllRowsAlone:
    """One zero row, and you give the matrix back as it was. Which rows need an exception, and which
    should still get length one?"""

    def unit_rows(X):
        lengths = _length(X)[:, None]
        return X / lengths if (lengths > 0).all() else X * 1.0

    unit_rows_torch = unit_rows


class LoopsOverTheColumns:
    """Your loop runs over X.shape[1], which counts components, and takes a row each time. Which
    size counts the rows?"""

    def unit_rows(X):
        new = np.zeros(X.shape)
        for i in range(X.shape[1]):
            new[i] = _over(X[i], _length(X[i]))
        return new


# --- PyTorch, where much of this is a call of F.normalize ---------------------------------------


class DividesTensorsInPlace:
    """/= writes into the caller's tensor, and the caller still needs it as it was. Which way of
    dividing makes a new tensor?"""

    def unit_vector_torch(v):
        if _length(v) > 0:
            v /= _length(v)
        return v


class LeavesOutTheDim:
    """F.normalize works along dim 1 unless told otherwise. Which dims does a tensor of shape (n,)
    have?"""

    def unit_vector_torch(v):
        import torch

        return torch.nn.functional.normalize(v)


class LetsZeroTensorsBecomeNan:
    """PyTorch divides 0 by 0 without a warning, and the nan shows up much later. What does the
    docstring say about the zero vector?"""

    def unit_vector_torch(v):
        return v / _length(v)


class ForgetsKeepdim:
    """m lengths of shape (m,) line up with the last dim, the columns. What does `keepdim` do to the
    dim that is summed over?"""

    def unit_rows_torch(X):
        return X / _length(X, 1)


class SumsOverTheWrongDim:
    """Your columns have length one. `dim` names the dim that is summed over: which one holds the
    components of a row?"""

    def unit_rows_torch(X):
        return _over(X, _length(X, 0))


class ForgetsTheDim:
    """Without `dim` you get one length for the whole tensor. How many lengths do m rows have?"""

    def unit_rows_torch(X):
        return _over(X, (X * X).sum() ** 0.5)


class LetsZeroRowsOfTensorsBecomeNan:
    """A row of padding has length 0, and 0 / 0 is nan. What can you divide by instead, where a
    length is 0, and only there?"""

    def unit_rows_torch(X):
        return X / _length(X, 1)[:, None]


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def unit_vector(*args):
        raise NameError

    unit_rows = unit_vector
    unit_vector_torch = unit_vector
    unit_rows_torch = unit_vector


def _length(v, axis=-1):
    return ((1.0 * v) ** 2).sum(axis) ** 0.5


def _over(x, length):
    """x / length, and x where the length is 0."""
    return x / (length + (length == 0))
