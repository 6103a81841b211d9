"""Wrong ideas about unit vectors."""

import numpy as np

# --- one vector -------------------------------------------------------------------------------


class DividesByTheSum:
    """Your components sum to one: that is for probabilities. Which number must be one for a unit
    vector?"""

    def unit_vector(v):
        return _over(v, v.sum())


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


class DividesByTheSquaredLength:
    """v · v is the square of the length, so you divide once too often. What is missing?"""

    def unit_vector(v):
        return _over(v, (v * v).sum())


class DividesByTheAbsoluteValues:
    """In v / |v| the bars mean the length, one number for the whole vector. What do abs and np.abs
    give you?"""

    def unit_vector(v):
        return v / (abs(v) + (v == 0))


class DropsTheSigns:
    """A direction has signs: (3, -4) and (3, 4) point different ways. Where do yours get lost?"""

    def unit_vector(v):
        return _over(abs(v), _length(v))


class Standardizes:
    """Subtracting the mean and dividing by the standard deviation is what layer norm does. It moves
    the vector to another place; how do you only rescale it?"""

    def unit_vector(v):
        return _over(v - v.mean(), ((v - v.mean()) ** 2).mean() ** 0.5)


class ScalesIntoZeroToOne:
    """You move the smallest component to 0 and the largest to 1. A unit vector keeps the direction:
    what may be done to v without turning it?"""

    def unit_vector(v):
        return _over(v - v.min(), v.max() - v.min())


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


class ReturnsNothingForZero:
    """For the zero vector your function ends without a return, so its answer is None. What is it to
    give back?"""

    def unit_vector(v):
        if _length(v) > 0:
            return v / _length(v)


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


def _length(v, axis=-1):
    return ((1.0 * v) ** 2).sum(axis) ** 0.5


def _over(x, length):
    """x / length, and x where the length is 0."""
    return x / (length + (length == 0))
