"""Wrong ideas about tables of dot products and cosines.

Wrong formulas for cosines are first drafts, written before anybody thinks of a zero row.
"""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- scores -----------------------------------------------------------------------------------


class ForgetsTheTranspose:
    """Queries and keys are both rows. A product takes rows from the left and columns from the
    right: what must happen to K?"""

    def scores(Q, K):
        return Q @ K

    def scaled_scores(Q, K):
        return Q @ K / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class ComparesRowWithRow:
    """You compare query i with key i only, and get one number for each. How many pairs are there of
    q queries and k keys?"""

    def scores(Q, K):
        return (Q * K).sum(-1)

    def scaled_scores(Q, K):
        return (Q * K).sum(-1) / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class KeepsTheProducts:
    """Q * K pairs entries at the same place. Which operation makes dot products of rows?"""

    def scores(Q, K):
        return Q * K

    def scaled_scores(Q, K):
        return Q * K / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class ComparesTheFeatures:
    """QᵀK has an entry for each pair of features, (d, d). Which sizes should be left: those that
    count features, or those that count rows?"""

    def scores(Q, K):
        return np.swapaxes(Q, -1, -2) @ K

    def scaled_scores(Q, K):
        return _turned(Q) @ K / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class PutsKeysInRows:
    """Your rows belong to the keys. Which of the two stands on the left if row i is to belong to
    query i?"""

    def scores(Q, K):
        return K @ np.swapaxes(Q, -1, -2)

    def scaled_scores(Q, K):
        return _table(K, Q) / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class ComparesQueriesWithAsManyKeys:
    """Your table has as many columns as there are queries. What do the columns stand for, and how
    many of those are there?"""

    def scores(Q, K):
        return Q @ np.swapaxes(K[..., : Q.shape[-2], :], -1, -2)


class ReshapesTheKeys:
    """reshape makes the shapes fit, but cuts the keys into pieces of each other. Which operation
    turns rows into columns?"""

    def scores(Q, K):
        return Q @ K.reshape(*K.shape[:-2], K.shape[-1], K.shape[-2])

    def scaled_scores(Q, K):
        turned = K.reshape(*K.shape[:-2], K.shape[-1], K.shape[-2])
        return Q @ turned / K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class TransposesEveryAxis:
    """For a batch, .T reverses all three axes. Which two of them should change places?"""

    def scores(Q, K):
        return Q @ K.T


class LetsAllOfTheBatchMeet:
    """Each Q of your batch meets every K, not just its own. Which axis of both should run in
    step?"""

    def scores(Q, K):
        return np.inner(Q, K)


class KnowsBatchesOnly:
    """You name three axes, or the second and the third, and a single pair of matrices has two. How
    do you name the last two axes so that both cases are right?"""

    def scores(Q, K):
        return Q @ K.transpose(0, 2, 1)

    def scaled_scores(Q, K):
        return Q @ K.transpose(0, 2, 1) / K.shape[-1] ** 0.5

    def scaled_scores_torch(Q, K):
        return Q @ K.transpose(1, 2) / K.shape[-1] ** 0.5

    def cosine_table_torch(X, Y):
        import torch

        normalize = torch.nn.functional.normalize
        return normalize(X, dim=-1) @ normalize(Y, dim=-1).transpose(1, 2)


class KnowsMatricesOnly:
    """Your code takes one pair of matrices. For a batch of N pairs the two axes that count rows and
    entries are others: how do you count them so that both cases are right?"""

    def scores(Q, K):
        return np.einsum("qd,kd->qk", Q, K)

    def scaled_scores(Q, K):
        return np.einsum("qd,kd->qk", Q, K) / K.shape[-1] ** 0.5

    def scaled_scores_torch(Q, K):
        import torch

        return torch.mm(Q, K.T) / K.shape[-1] ** 0.5

    def cosine_table(X, Y):
        return _nan_to_zero(np.einsum("nd,md->nm", X / _lengths(X), Y / _lengths(Y)))

    def cosine_table_torch(X, Y):
        import torch

        normalize = torch.nn.functional.normalize
        return torch.mm(normalize(X, dim=-1), normalize(Y, dim=-1).T)


class AnswersWithLists:
    """The numbers are right, but they lie in lists, which have no shape and cannot be multiplied.
    What should a function on arrays return?"""

    def scores(Q, K):
        return _table(Q, K).tolist()

    def scaled_scores(Q, K):
        return (_table(Q, K) / K.shape[-1] ** 0.5).tolist()

    def cosine_table(X, Y):
        return _nan_to_zero(_table(X / _lengths(X), Y / _lengths(Y))).tolist()


# --- the scale --------------------------------------------------------------------------------


class ForgetsTheScale:
    """The scores are right, but not scaled. What keeps them from growing with the size of a key?"""

    def scaled_scores(Q, K):
        return _table(Q, K)

    scaled_scores_torch = scaled_scores


class DividesByTheKeySize:
    """You divide by d. The scores of random vectors grow only as fast as a root of d: which one
    does the formula have?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / K.shape[-1]

    scaled_scores_torch = scaled_scores


class MultipliesByTheRoot:
    """Your scores grow with the size of a key instead of staying level. On which side of the
    fraction line is the root?"""

    def scaled_scores(Q, K):
        return _table(Q, K) * K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class ScalesByTheNumberOfKeys:
    """You take the root of how many keys there are. Which axis of K holds the entries of one
    key?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / K.shape[-2] ** 0.5

    scaled_scores_torch = scaled_scores


class ScalesByTheNumberOfQueries:
    """You take the root of how many queries there are. Which axis holds the entries of one of
    them?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / Q.shape[-2] ** 0.5

    scaled_scores_torch = scaled_scores


class TakesTheFirstAxis:
    """len and shape[0] count the rows of a matrix, and the pairs of a batch. Which axis of K holds
    the entries of one key?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / len(K) ** 0.5

    scaled_scores_torch = scaled_scores


class ScalesByAllEntries:
    """You count all the numbers in K. Whose size is d: that of the matrix, or that of one key?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / (K.shape[-1] * K.shape[-2]) ** 0.5

    scaled_scores_torch = scaled_scores


class TakesTheSecondAxis:
    """shape[1] is the size of a key for a single matrix. What is it in a batch, and how do you
    count from the end?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / K.shape[1] ** 0.5

    scaled_scores_torch = scaled_scores


class AppliesSoftmax:
    """Your rows sum to 1: those are attention weights already. Which step comes after the scores
    and does not belong here?"""

    def scaled_scores(Q, K):
        table = np.exp(_table(Q, K) / K.shape[-1] ** 0.5)
        return table / table.sum(-1, keepdims=True)

    def scaled_scores_torch(Q, K):
        return (_table(Q, K) / K.shape[-1] ** 0.5).softmax(-1)


class DividesByEight:
    """You divide by 8, the root of the 64 entries that the keys of a well-known network have.
    Where in the shape of K does it say how many entries these keys have?"""

    def scaled_scores(Q, K):
        return _table(Q, K) / 8.0

    scaled_scores_torch = scaled_scores


class DividesWithoutRest:
    """Your scaled scores are all whole numbers. What does // do with the rest of a division?"""

    def scaled_scores(Q, K):
        return _table(Q, K) // K.shape[-1] ** 0.5

    scaled_scores_torch = scaled_scores


class UsesBmmForEverything:
    """torch.bmm takes two batches and nothing else. Which operator multiplies single matrices and
    batches alike?"""

    def scaled_scores_torch(Q, K):
        import torch

        return torch.bmm(Q, K.mT) / K.shape[-1] ** 0.5

    def cosine_table_torch(X, Y):
        import torch

        normalize = torch.nn.functional.normalize
        return torch.bmm(normalize(X, dim=-1), normalize(Y, dim=-1).mT)


class TransposesTheBatch:
    """For a batch, .T reverses all three axes. Which attribute of a tensor swaps the last two
    alone?"""

    def scaled_scores_torch(Q, K):
        return Q @ K.T / K.shape[-1] ** 0.5


class NamesTheAxesFromTheFront:
    """Dims 0 and 1 are those of a single matrix. Which dims must be swapped in a batch, and how do
    you name them so that both cases are right?"""

    def scaled_scores_torch(Q, K):
        return Q @ K.transpose(0, 1) / K.shape[-1] ** 0.5


# --- cosines ----------------------------------------------------------------------------------


class ForgetsTheLengths:
    """This is the table of dot products, in which long rows win. What must be divided out so that
    only directions count?"""

    def cosine_table(X, Y):
        return _table(X, Y)

    cosine_table_torch = cosine_table


class ScalesLikeAttention:
    """Dividing by √d is the rule of attention. A cosine divides by something that belongs to each
    row: by what?"""

    def cosine_table(X, Y):
        return _table(X, Y) / X.shape[-1] ** 0.5

    cosine_table_torch = cosine_table


class DividesByOneLength:
    """Double a row of Y, and its column doubles: that cannot be a cosine. Whose lengths are still
    in there?"""

    def cosine_table(X, Y):
        return _table(X, Y) / _lengths(X)

    cosine_table_torch = cosine_table


class DividesBySquaredLengths:
    """A row with itself should give 1. The sum of squares is a squared length: what is missing?"""

    def cosine_table(X, Y):
        return _table(X, Y) / (_lengths(X) * _across(Y)) ** 2

    cosine_table_torch = cosine_table


class ComparesMatchingRowsOnly:
    """You get the cosine of row i with row i, and nothing else. How do two tables of unit rows give
    all the pairs?"""

    def cosine_table(X, Y):
        return (X * Y).sum(-1) / (_lengths(X) * _lengths(Y))[..., 0]

    def cosine_table_torch(X, Y):
        import torch

        return torch.nn.functional.cosine_similarity(X, Y, dim=-1)


class NormalizesTheColumns:
    """You make the columns unit vectors. Which axis must disappear when you take the length of a
    row?"""

    def cosine_table(X, Y):
        return _table(X / _lengths(X, -2), Y / _lengths(Y, -2))

    cosine_table_torch = cosine_table


class TakesOneLengthForAll:
    """You have one length for each whole matrix. How many lengths do n rows have, and which
    argument keeps them apart?"""

    def cosine_table(X, Y):
        return _table(X, Y) / ((X * X).sum() * (Y * Y).sum()) ** 0.5

    cosine_table_torch = cosine_table


class LosesTheAxisOfTheLengths:
    """Lengths of shape (n,) line up with columns, not rows. Which argument keeps the axis that you
    sum over?"""

    def cosine_table(X, Y):
        return _table(X / _lengths(X)[..., 0], Y / _lengths(Y)[..., 0])

    cosine_table_torch = cosine_table


class SwapsTheLengths:
    """The lengths of X run along your columns, and those of Y along your rows. Whose length belongs
    to row i of the table?"""

    def cosine_table(X, Y):
        return _table(X, Y) / (_across(X) * _lengths(Y))

    cosine_table_torch = cosine_table


class DropsTheSign:
    """Reversed directions have cosine -1. Where does your table lose the sign?"""

    def cosine_table(X, Y):
        return abs(_table(X, Y) / (_lengths(X) * _across(Y)))

    cosine_table_torch = cosine_table


class ReturnsTheDistances:
    """A row and itself get 0 from you. That is the cosine distance; what is the cosine of two equal
    directions?"""

    def cosine_table(X, Y):
        return 1 - _table(X, Y) / (_lengths(X) * _across(Y))

    cosine_table_torch = cosine_table


class ReturnsTheAngles:
    """Equal directions get 0 from you and opposite ones π: these are angles. Which step comes after
    the cosine and does not belong here?"""

    def cosine_table(X, Y):
        table = _nan_to_zero(_table(X / _lengths(X), Y / _lengths(Y)))
        return np.arccos(table.clip(-1, 1))

    def cosine_table_torch(X, Y):
        import torch

        normalize = torch.nn.functional.normalize
        return (normalize(X, dim=-1) @ normalize(Y, dim=-1).mT).clamp(-1, 1).acos()


class RefusesZeroRows:
    """You raise an error for a row of zeros. Such rows are common, as padding for instance: which
    cosines does the docstring give them?"""

    def cosine_table(X, Y):
        if not (_lengths(X).all() and _lengths(Y).all()):
            raise ValueError("a row of zeros has no direction")
        return _table(X / _lengths(X), Y / _lengths(Y))

    cosine_table_torch = cosine_table


class LetsZeroBecomeNan:
    """A row of zeros has length 0, and 0 / 0 is nan. Which policy does the docstring state, and
    what can you divide by instead?"""

    def cosine_table(X, Y):
        return _table(X, Y) / (_lengths(X) * _across(Y))

    cosine_table_torch = cosine_table


class AddsALittleToTheLengths:
    """A small number beside the lengths avoids 0 / 0, but it bends every cosine, and that of short
    rows most. Which rows alone need help?"""

    __sizes__ = SMALL

    def cosine_table(X, Y, *, size=1e-8):
        return _table(X / (_lengths(X) + size), Y / (_lengths(Y) + size))

    cosine_table_torch = cosine_table


class AddsALittleToTheProduct:
    """A small number beside the product of the lengths avoids 0 / 0, but it bends every cosine, and
    that of short rows most. Which rows alone need help?"""

    __sizes__ = SMALL

    def cosine_table(X, Y, *, size=1e-8):
        return _table(X, Y) / (_lengths(X) * _across(Y) + size)

    cosine_table_torch = cosine_table


class ClampsTheLengths:
    """A length that is never below a small number avoids 0 / 0, but shorter rows lose their
    direction. Which rows alone need help?"""

    __sizes__ = SMALL

    def cosine_table(X, Y, *, size=1e-8):
        return _table(X / _lengths(X).clip(size), Y / _lengths(Y).clip(size))

    cosine_table_torch = cosine_table


class CountsAxesFromTheFront:
    """Axis 1 is that of a row's entries for one matrix. Which axis is it in a batch, and how do you
    count so that both cases are right?"""

    def cosine_table(X, Y):
        return _nan_to_zero(_table(X / _lengths(X, 1), Y / _lengths(Y, 1)))

    def cosine_table_torch(X, Y):
        import torch

        normalize = torch.nn.functional.normalize
        return normalize(X) @ normalize(Y).mT


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which names do the arguments come in?"""

    def scores(Q, K):
        return queries @ keys.T

    def scaled_scores(Q, K):
        return _table(Q, K) / d_k**0.5

    def cosine_table(X, Y):
        return _table(X, Y) / (norms_x * norms_y)

    scaled_scores_torch = scaled_scores
    cosine_table_torch = cosine_table


def _table(Q, K):
    return Q @ _turned(K)


def _turned(K):
    return K.mT if hasattr(K, "backward") else np.swapaxes(K, -1, -2)


def _lengths(X, axis=-1):
    """One length for each row, in a column; for axis -2, one for each column, in a row."""
    options = {"dim": axis} if hasattr(X, "backward") else {"axis": axis}
    keep = {"keepdim": True} if hasattr(X, "backward") else {"keepdims": True}
    return (X * X).sum(**options, **keep) ** 0.5


def _across(X):
    """One length for each row, in a row."""
    return _turned(_lengths(X))


def _nan_to_zero(table):
    return np.where(np.isnan(table), 0.0, table)
