"""Wrong ideas about unit vectors."""

import numpy as np

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

    unit_vector_torch = unit_vector


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

    def unit_vector_torch(v):
        return _over(v - v.mean(), v.std(unbiased=False))


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

    unit_vector_torch = unit_vector


class RefusesTheZeroVector:
    """Raising is a policy, too, but not the one that was chosen here. What does the docstring say
    about the zero vector?"""

    def unit_vector(v):
        if _length(v) == 0:
            raise ValueError("the zero vector has no direction")
        return v / _length(v)

    unit_vector_torch = unit_vector


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

    def unit_vector(v):
        return v / (_length(v) + 1e-8)


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


# --- every row --------------------------------------------------------------------------------


class ForgetsKeepdims:
    """m lengths of shape (m,) line up with the last axis, the columns, so entries meet the lengths
    of other rows. Which shape keeps each length beside its own row?"""

    def unit_rows(X):
        return X / np.linalg.norm(X, axis=1)

    def unit_rows_torch(X):
        import torch

        return X / torch.linalg.vector_norm(X, dim=1)


class NormalizesTheColumns:
    """Your columns have length one. Take one row of your result: which axis must its length be
    summed over?"""

    def unit_rows(X):
        return _over(X, _length(X, 0))

    unit_rows_torch = unit_rows


class NormalizesTheWholeMatrix:
    """One length for the whole matrix cannot bring every row to length one. How many lengths do m
    rows have?"""

    def unit_rows(X):
        return _over(X, (X * X).sum() ** 0.5)

    unit_rows_torch = unit_rows


class LetsZeroRowsBecomeNan:
    """A zero row has length 0, and 0 / 0 is nan. What can you divide by instead, where a length is
    0, and only there?"""

    def unit_rows(X):
        return X / _length(X, 1)[:, None]

    unit_rows_torch = unit_rows


class DropsZeroRows:
    """Each row is a sample and must keep its place; without the zero rows nothing lines up any
    more. What shape has the answer?"""

    def unit_rows(X):
        X = X[_length(X, 1) > 0]
        return X / _length(X, 1)[:, None]

    unit_rows_torch = unit_rows


class StandardizesTheRows:
    """Subtracting each row's mean and dividing by its standard deviation is layer norm: its rows
    have length √n, not one. Which of the two steps is not needed?"""

    def unit_rows(X):
        moved = X - X.mean(1)[:, None]
        return _over(moved, (moved * moved).mean(1)[:, None] ** 0.5)

    def unit_rows_torch(X):
        moved = X - X.mean(1)[:, None]
        return _over(moved, (moved * moved).mean(1)[:, None] ** 0.5)


def _length(v, axis=-1):
    return (v * v).sum(axis) ** 0.5


def _over(x, length):
    """x / length, and x where the length is 0."""
    return x / (length + (length == 0))
