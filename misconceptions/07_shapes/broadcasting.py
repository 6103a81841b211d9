"""Wrong ideas about broadcasting, and about what is built on it."""

import numpy as np

# --- predicting the shape ---------------------------------------------------------------------


class AlignsFromTheLeft:
    """You compare the first sizes first. In (4, 2) plus a bias, which size of (4, 2) must the bias
    have: 4 or 2? At which end do shapes meet?"""

    def broadcast_shape(a, b):
        length = max(len(a), len(b))
        return _join(a + (1,) * (length - len(a)), b + (1,) * (length - len(b)))


class AcceptsMultiples:
    """You let 2 stretch to 4, as if it were repeated twice. Which is the only size that is ever
    stretched?"""

    def broadcast_shape(a, b):
        sizes = []
        for m, n in _padded(a, b):
            if (m and n and max(m, n) % min(m, n)) or (0 in (m, n) and max(m, n) > 1):
                raise ValueError("clash")
            sizes.append(n if m == 1 else m if n == 1 else max(m, n))
        return tuple(sizes)


class LetsEverythingStretch:
    """You always take the larger size, so nothing ever clashes. What should 3 against 2 do?"""

    def broadcast_shape(a, b):
        return tuple(n if m == 1 else m if n == 1 else max(m, n) for m, n in _padded(a, b))


class TakesTheLargerSize:
    """An empty batch has size 0, and 1 against 0 gives 0. Is it the larger size that wins, or the
    one that is not 1?"""

    def broadcast_shape(a, b):
        for m, n in _padded(a, b):
            if m != n and 1 not in (m, n):
                raise ValueError("clash")
        return tuple(max(m, n) for m, n in _padded(a, b))


class LetsZeroStretch:
    """You treat 0 like 1. An axis of size 0 holds nothing to be repeated: may it meet a 2?"""

    def broadcast_shape(a, b):
        sizes = []
        for m, n in _padded(a, b):
            if m > 1 and n > 1 and m != n:
                raise ValueError("clash")
            sizes.append(n if m == 1 else m if n == 1 else max(m, n))
        return tuple(sizes)


class StopsAtTheShorterShape:
    """zip ends with the shorter shape, so the batch axis is lost. What stands in for the sizes that
    are missing on the left?"""

    def broadcast_shape(a, b):
        sizes = []
        for m, n in zip(reversed(a), reversed(b), strict=False):
            if m != n and 1 not in (m, n):
                raise ValueError("clash")
            sizes.append(n if m == 1 else m)
        return tuple(reversed(sizes))


class DemandsAsManyAxes:
    """You refuse shapes with different numbers of axes. Then no bias of shape (2,) could join a
    batch of shape (4, 2): what counts as missing, and how large is it?"""

    def broadcast_shape(a, b):
        if len(a) != len(b):
            raise ValueError("different numbers of axes")
        return _join(a, b)


class DemandsEqualShapes:
    """Equal shapes always fit, but they are not the only ones. Which size fits any other?"""

    def broadcast_shape(a, b):
        if a != b:
            raise ValueError("different shapes")
        return a


class GivesTheLargerShape:
    """(4, 1) and (1, 5) give neither (4, 1) nor (1, 5): both stretch. Can you decide each size by
    itself?"""

    def broadcast_shape(a, b):
        _join(a, b)
        return max(a, b, key=lambda shape: (len(shape), int(np.prod(shape, dtype=float))))


class StretchesOnlyTheSecond:
    """That is the rule for A += B, where the result must keep A's shape. In A + B both may stretch:
    what if the 1 stands on the left?"""

    def broadcast_shape(a, b):
        if _join(a, b) != a:
            raise ValueError("non-broadcastable output")
        return a


class AnswersNoneForAClash:
    """What does not fit gives None, and the caller goes on with it. How should a function say that
    there is no answer?"""

    def broadcast_shape(a, b):
        try:
            return _join(a, b)
        except ValueError:
            return None

    def add_along(X, values, axis):
        try:
            return _add(X, values, axis)
        except ValueError:
            return None

    def regression_loss(prediction, target):
        try:
            return _loss(prediction, target)
        except ValueError:
            return None


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for shapes that do not fit, and which statement makes one?"""

    def broadcast_shape(a, b):
        return _checked(AssertionError, _join, a, b)

    def add_along(X, values, axis):
        return _checked(AssertionError, _add, X, values, axis)

    def regression_loss(prediction, target):
        return _checked(AssertionError, _loss, prediction, target)


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def broadcast_shape(a, b):
        return _checked(Exception, _join, a, b)

    def add_along(X, values, axis):
        return _checked(Exception, _add, X, values, axis)

    def regression_loss(prediction, target):
        return _checked(Exception, _loss, prediction, target)


class ReturnsAList:
    """The sizes are right, but a list is no shape: X.shape is of another type. Which?"""

    def broadcast_shape(a, b):
        return list(_join(a, b))


class ForgetsToTurnTheSizesRound:
    """Your sizes are collected from the right, and so they stand back to front. What is left to be
    done with them?"""

    def broadcast_shape(a, b):
        return _join(a, b)[::-1]


# --- adding along an axis ---------------------------------------------------------------------


class LeavesTheAxisToNumPy:
    """NumPy lines a vector up with the last axis. For a square array that raises nothing when you
    mean the rows: how do you say which axis is meant?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        return X + values


class AlwaysMakesAColumn:
    """A column gives each row its number, whichever axis is asked for. Where does axis decide in
    your code?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        return X + values.reshape(-1, 1)


class SwapsTheAxes:
    """Axis 0 counts the rows, so one number belongs to each row. To which entries did you add
    values[0]?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        return np.moveaxis(np.moveaxis(X, -1 - axis, -1) + values, -1, -1 - axis)


class KnowsTwoAxesOnly:
    """Your rule is made for matrices. Images have shape (N, channels, height, width): how many axes
    of size 1 does a bias for channels need behind it?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        return X + (values if axis == 1 or X.ndim == 1 else values.reshape(-1, 1))


class StretchesASingleValue:
    """One number for four places is accepted, because an axis of size 1 stretches. Which check has
    to come before the addition?"""

    def add_along(X, values, axis):
        shape = [1] * X.ndim
        shape[axis] = values.size
        return X + values.reshape(shape)


class CountsTheValuesOnly:
    """You count the values, but a column of shape (4, 1) or a single number without an axis is not
    a vector of shape (4,). What besides size tells a shape?"""

    def add_along(X, values, axis):
        if values.size != X.shape[axis]:
            raise ValueError("different sizes")
        shape = [1] * X.ndim
        shape[axis] = values.size
        return X + values.reshape(shape)


class WritesIntoX:
    """X += … changes the caller's array. Which form of the addition makes a new one?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        shape = [1] * X.ndim
        shape[axis] = values.size
        X += values.reshape(shape)
        return X


class AddsIntoTheSmallerArray:
    """total += X must keep the shape of total, and yours is the shape of the values. Which of the
    two operands has room for the result?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        shape = [1] * X.ndim
        shape[axis] = values.size
        total = values.reshape(shape).astype(float)
        total += X
        return total


class MultipliesAlong:
    """You multiply by the values. By which operation does a bias join what is there?"""

    def add_along(X, values, axis):
        if values.shape != (X.shape[axis],):
            raise ValueError("different sizes")
        return X * _along(values, X.ndim, axis)


# --- the loss ---------------------------------------------------------------------------------


class ComparesAllWithAll:
    """(n,) minus (n, 1) is a table of n × n differences, and its mean still looks like a loss. How
    do you bring both to one shape first?"""

    def regression_loss(prediction, target):
        return np.mean((prediction - target) ** 2)


class RefusesAColumn:
    """Raising is better than a wrong table. But a column of predictions is what a layer with one
    output gives: how can it be read as a plain vector?"""

    def regression_loss(prediction, target):
        if prediction.shape != target.shape:
            raise ValueError("different shapes")
        return np.mean((prediction - target) ** 2)


class FlattensWithoutCounting:
    """After flattening, one prediction still stretches to three targets. What else must be equal
    before you subtract?"""

    def regression_loss(prediction, target):
        for array in (prediction, target):
            if array.shape not in ((len(array),), (len(array), 1)):
                raise ValueError("not a column")
        return np.mean((prediction.reshape(-1) - target.reshape(-1)) ** 2)


class FlattensAnything:
    """Two tables of shape (3, 2) hold six numbers each, but they are not what a layer with one
    output gives. Which shapes does the docstring allow?"""

    def regression_loss(prediction, target):
        if prediction.size != target.size:
            raise ValueError("different sizes")
        return np.mean((prediction.reshape(-1) - target.reshape(-1)) ** 2)


class CutsToTheShorter:
    """zip drops the targets that have no prediction, and nobody hears of it. What should happen
    when the counts differ?"""

    def regression_loss(prediction, target):
        pairs = list(zip(prediction.reshape(-1), target.reshape(-1), strict=False))
        return sum((p - t) ** 2 for p, t in pairs) / len(pairs)


class ForgetsTheMean:
    """This is the sum of the squared errors. By what is it divided in the formula?"""

    def regression_loss(prediction, target):
        _columns_or_raise(prediction, target)
        return np.sum((prediction.reshape(-1) - target.reshape(-1)) ** 2)


class TakesTheRoot:
    """This is the root of the mean of the squares, in the units of the targets. Is there a root in
    the formula?"""

    def regression_loss(prediction, target):
        return np.mean(_errors(prediction, target) ** 2) ** 0.5


class SquaresTheMean:
    """You square the mean, in which errors up and down cancel. Which of the two steps comes first
    in the formula?"""

    def regression_loss(prediction, target):
        return np.mean(_errors(prediction, target)) ** 2


class KeepsEachSquare:
    """You have one squared error for each sample. Which single number does the docstring ask
    for?"""

    def regression_loss(prediction, target):
        return _errors(prediction, target) ** 2


class TakesAbsoluteErrors:
    """You average how far off the predictions are. What does the formula do with each difference
    before it is averaged?"""

    def regression_loss(prediction, target):
        return np.mean(abs(_errors(prediction, target)))


class HalvesTheMean:
    """Your loss is one half of the right one. Some books put a ½ in front, for the sake of the
    derivative: is there one in this formula?"""

    def regression_loss(prediction, target):
        return np.mean(_errors(prediction, target) ** 2) / 2


class HalvesTheSum:
    """You take one half of the sum of squares. By what is that sum divided in the formula?"""

    def regression_loss(prediction, target):
        return np.sum(_errors(prediction, target) ** 2) / 2


class ForgetsTheSquares:
    """Errors up and down cancel in your mean. What does the formula do with each difference before
    it is averaged?"""

    def regression_loss(prediction, target):
        return np.mean(_errors(prediction, target))


class AveragesOverOneLess:
    """You divide by n - 1, which is for guessing a variance from a sample. By what does the formula
    divide?"""

    def regression_loss(prediction, target):
        errors = _errors(prediction, target)
        with np.errstate(all="ignore"):
            return np.sum(errors**2) / np.float64(errors.size - 1)


# --- layer norm -------------------------------------------------------------------------------


class MakesUnitVectors:
    """You divide each row by its length, so only the length changes. Layer norm moves the row
    first: by how much, so that the mean becomes 0?"""

    def layer_norm(X, eps=1e-5):
        return X / (_sum(X * X) + eps) ** 0.5

    layer_norm_torch = layer_norm


class MakesCenteredUnitVectors:
    """Your rows have mean 0 and length 1. Variance 1 means that the *mean* of the squares is 1:
    how long is such a row?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered / (_sum(centered * centered) + eps) ** 0.5

    layer_norm_torch = layer_norm


class OnlyCenters:
    """The mean is 0 now, but rows of large numbers are still large. What do you divide by to make
    the variance 1?"""

    def layer_norm(X, eps=1e-5):
        return X - _mean(X)

    layer_norm_torch = layer_norm


class OnlyScales:
    """The variance is 1 now, but is the mean of a row 0? One step of the formula comes before the
    division."""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return X / (_mean(centered * centered) + eps) ** 0.5

    layer_norm_torch = layer_norm


class DividesByTheRootMeanSquare:
    """You divide by the root of the mean square and leave the mean where it is: that is RMS norm.
    Which step of the formula comes before the division?"""

    def layer_norm(X, eps=1e-5):
        return X / (_mean(X * X) + eps) ** 0.5

    layer_norm_torch = layer_norm


class ScalesToTheRange:
    """Your rows run from 0 to 1, between their smallest and their largest entry. Which two numbers
    of a row does layer norm use instead?"""

    def layer_norm(X, eps=1e-5):
        low, high = X.min(axis=-1, keepdims=True), X.max(axis=-1, keepdims=True)
        return (X - low) / (high - low + eps)

    def layer_norm_torch(X, eps=1e-5):
        low, high = X.amin(-1, keepdim=True), X.amax(-1, keepdim=True)
        return (X - low) / (high - low + eps)


class MultipliesByTheDeviation:
    """Rows that spread widely spread even more in your result. On which side of the fraction line
    does the root stand?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered * (_mean(centered * centered) + eps) ** 0.5

    layer_norm_torch = layer_norm


class LoopsOverTheFirstAxis:
    """Your loop takes X for a list of rows. What does it meet inside a single vector, and what
    inside a batch of sequences?"""

    def layer_norm(X, eps=1e-5):
        return np.array([(row - row.mean()) / (row.var() + eps) ** 0.5 for row in X])

    def layer_norm_torch(X, eps=1e-5):
        import torch

        rows = [(row - row.mean()) / (row.var(correction=0) + eps).sqrt() for row in X]
        return torch.stack(rows)


class BuffersInTheTypeOfX:
    """Your result has the dtype of X, so for integers the fractions are cut off. Which dtype should
    the buffer have?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        Y = np.zeros_like(X)
        Y[...] = centered / (_mean(centered * centered) + eps) ** 0.5
        return Y


class WritesEpsilonDown:
    """You wrote 0.00001 into the formula, whatever the caller says. Which argument holds the ε that
    is to be used?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered / (_mean(centered * centered) + 1e-5) ** 0.5

    layer_norm_torch = layer_norm


class UsesAnEpsilonOfItsOwn:
    """You add a small number of your own, whatever the caller says. Which argument holds the ε that
    is to be used?"""

    __sizes__ = (1e-3, 1e-4, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)

    def layer_norm(X, eps=1e-5, *, size=1e-6):
        centered = X - _mean(X)
        return centered / (_mean(centered * centered) + size) ** 0.5

    layer_norm_torch = layer_norm


class NormalizesTheColumns:
    """You average over the samples, as batch norm does. Layer norm looks at one sample alone: which
    axis of X holds its features?"""

    def layer_norm(X, eps=1e-5):
        centered = X - X.mean(0)
        return centered / ((centered * centered).mean(0) + eps) ** 0.5

    layer_norm_torch = layer_norm


class CountsAxesFromTheFront:
    """Axis 1 is the last axis of a matrix, but not of a vector or of a batch of sequences. Which
    number names the last axis of all of them?"""

    def layer_norm(X, eps=1e-5):
        return (X - X.mean(axis=1, keepdims=True)) / np.sqrt(X.var(axis=1, keepdims=True) + eps)

    def layer_norm_torch(X, eps=1e-5):
        centered = X - X.mean(dim=1, keepdim=True)
        return centered / (X.var(dim=1, correction=0, keepdim=True) + eps).sqrt()


class TakesOneMeanForAll:
    """Without an axis, .mean() is one number for the whole batch. How many means do N rows have?"""

    def layer_norm(X, eps=1e-5):
        centered = X - X.mean()
        return centered / ((centered * centered).mean() + eps) ** 0.5

    layer_norm_torch = layer_norm


class ForgetsToKeepTheAxis:
    """One mean per row has shape (N,), and (N,) lines up with the columns, or clashes. Which
    argument keeps the averaged axis with size 1?"""

    def layer_norm(X, eps=1e-5):
        centered = X - X.mean(-1)
        return centered / ((centered * centered).mean(-1) + eps) ** 0.5

    layer_norm_torch = layer_norm


class DividesByTheVariance:
    """The variance is a square: in its units your rows get too short or too long. What is missing
    between variance and standard deviation?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered / (_mean(centered * centered) + eps)

    layer_norm_torch = layer_norm


class DividesByOneLess:
    """Your variance is divided by n - 1, which is for guessing from a sample. By what does the
    formula divide, and what does your library do unless told?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        variance = _sum(centered * centered) / (X.shape[-1] - 1)
        return centered / (variance + eps) ** 0.5

    layer_norm_torch = layer_norm


class AddsEpsilonToTheRoot:
    """You add ε after the root. It makes a difference: what does the root in the formula cover?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered / (_mean(centered * centered) ** 0.5 + eps)

    layer_norm_torch = layer_norm


class ForgetsEpsilon:
    """For a row of equal numbers you divide 0 by 0. Which argument is there to prevent that?"""

    def layer_norm(X, eps=1e-5):
        centered = X - _mean(X)
        return centered / _mean(centered * centered) ** 0.5

    layer_norm_torch = layer_norm


class NormalizesInPlace:
    """You write into the caller's array. The residual path still needs the old values: which
    operators make new arrays?"""

    def layer_norm(X, eps=1e-5):
        X -= _mean(X)
        X /= (_mean(X * X) + eps) ** 0.5
        return X

    layer_norm_torch = layer_norm


# --- stretched rows ---------------------------------------------------------------------------


class CopiesTheRows:
    """Your rows are copies, each in memory of its own: a change of b does not reach them. Which
    function only pretends that there are many?"""

    def stretch_rows(b, rows):
        return np.tile(b, (rows, 1))

    def stretch_rows_torch(b, rows):
        return b.repeat(rows, 1)


class LeavesTheRowsWriteable:
    """It is a view, but whoever writes into one row changes all of them, and b as well. How do you
    lock an array?"""

    def stretch_rows(b, rows):
        return np.lib.stride_tricks.as_strided(b, (rows, b.size), (0, b.strides[0]))


class StretchesAColumn:
    """Your columns are equal, not your rows. On which side does b get its axis of size 1 when it is
    lined up with (rows, n)?"""

    def stretch_rows(b, rows):
        return np.broadcast_to(b[:, None], (b.size, rows))

    def stretch_rows_torch(b, rows):
        return b[:, None].expand(-1, rows)


class LaysTheRowsEndToEnd:
    """You made one long vector. How many axes has a matrix of equal rows?"""

    def stretch_rows(b, rows):
        return np.tile(b, rows)

    def stretch_rows_torch(b, rows):
        return b.repeat(rows)


class AddsOnlyAnAxis:
    """b[None, :] has shape (1, n): it is ready to be stretched, but it is not yet. What makes the 1
    look like many?"""

    def stretch_rows(b, rows):
        row = b[None, :]
        row.flags.writeable = False
        return row

    def stretch_rows_torch(b, rows):
        return b[None, :]


class SwapsTheTwoSizes:
    """You ask for as many rows as b has entries. In (rows, n), which number is stretched, and which
    one is the size of b?"""

    def stretch_rows(b, rows):
        return np.broadcast_to(b, (b.size, rows))

    def stretch_rows_torch(b, rows):
        return b.expand(len(b), rows)


class ListsTheRows:
    """You have a list that holds b several times, and a list has no shape. Which function makes one
    array of it, without a copy?"""

    def stretch_rows(b, rows):
        return [b] * rows

    stretch_rows_torch = stretch_rows


class HandsBackTheVector:
    """You give b back as it is. Broadcasting would stretch it when it meets a matrix, but which
    shape is asked for here?"""

    def stretch_rows(b, rows):
        return b

    stretch_rows_torch = stretch_rows


def _padded(a, b):
    length = max(len(a), len(b))
    left = (1,) * (length - len(a)) + a
    return list(zip(left, (1,) * (length - len(b)) + b, strict=True))


def _join(a, b):
    sizes = []
    for m, n in _padded(a, b):
        if m != n and 1 not in (m, n):
            raise ValueError("clash")
        sizes.append(n if m == 1 else m)
    return tuple(sizes)


def _along(values, axes, axis):
    shape = [1] * axes
    shape[axis] = values.size
    return values.reshape(shape)


def _add(X, values, axis):
    if values.shape != (X.shape[axis],):
        raise ValueError("different sizes")
    return X + _along(values, X.ndim, axis)


def _errors(prediction, target):
    _columns_or_raise(prediction, target)
    return prediction.reshape(-1) - target.reshape(-1)


def _loss(prediction, target):
    return float(np.mean(_errors(prediction, target) ** 2))


def _checked(error, function, *arguments):
    """A function that raises another exception in place of ValueError."""
    try:
        return function(*arguments)
    except ValueError:
        raise error from None


def _columns_or_raise(prediction, target):
    for array in (prediction, target):
        if array.shape not in ((array.size,), (array.size, 1)):
            raise ValueError("not a column")
    if prediction.size != target.size:
        raise ValueError("different sizes")


def _sum(X):
    return X.sum(-1)[..., None]


def _mean(X):
    return _sum(X) / X.shape[-1]
