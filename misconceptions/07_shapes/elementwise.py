"""Wrong ideas about element-wise operations, and about who depends on whom."""

import numpy as np

# --- the sum ----------------------------------------------------------------------------------


class StretchesTheSum:
    """(4, 2) plus (2,) raises nothing in NumPy: the smaller one is stretched. What can you compare
    before you add, so that only equals meet?"""

    def elementwise_sum(A, B):
        return A + B

    elementwise_sum_torch = elementwise_sum


class ComparesTheNumberOfEntries:
    """(2, 3) and (3, 2) both have 6 entries, and (1, 2, 3) has them, too. What tells these apart
    that size does not see?"""

    def elementwise_sum(A, B):
        if A.size != B.size:
            raise ValueError("different sizes")
        return (A.reshape(-1) + B.reshape(-1)).reshape(A.shape)

    def elementwise_sum_torch(A, B):
        if A.numel() != B.numel():
            raise ValueError("different sizes")
        return (A.reshape(-1) + B.reshape(-1)).reshape(A.shape)

    def elementwise_product(A, B):
        if A.size != B.size:
            raise ValueError("different sizes")
        return (A.reshape(-1) * B.reshape(-1)).reshape(A.shape)


class ComparesTheRows:
    """len counts the rows and no more. Which pairs of shapes have equally many rows and still do
    not match?"""

    def elementwise_sum(A, B):
        if len(A) != len(B):
            raise ValueError("different lengths")
        return A + B

    elementwise_sum_torch = elementwise_sum

    def elementwise_product(A, B):
        if len(A) != len(B):
            raise ValueError("different lengths")
        return A * B


class ChecksOnlyTheLastAxis:
    """The features agree, but do the samples? Compare more than the last size of each shape."""

    def elementwise_sum(A, B):
        if A.shape[-1] != B.shape[-1]:
            raise ValueError("different widths")
        return A + B

    elementwise_sum_torch = elementwise_sum

    def elementwise_product(A, B):
        if A.shape[-1] != B.shape[-1]:
            raise ValueError("different widths")
        return A * B


class ComparesTheNumberOfAxes:
    """(4, 2) and (4, 1) have two axes each, and one of them is stretched all the same. What must be
    equal besides the number of axes?"""

    def elementwise_sum(A, B):
        if A.ndim != B.ndim:
            raise ValueError("different numbers of axes")
        return A + B

    def elementwise_product(A, B):
        if A.ndim != B.ndim:
            raise ValueError("different numbers of axes")
        return A * B

    elementwise_sum_torch = elementwise_sum


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for different shapes, and which statement makes one?"""

    def elementwise_sum(A, B):
        assert A.shape == B.shape
        return A + B

    def elementwise_product(A, B):
        assert A.shape == B.shape
        return A * B

    elementwise_sum_torch = elementwise_sum


class ReturnsNoneInsteadOfRaising:
    """Where the shapes differ you give back None, and the caller goes on with it. How does the
    docstring say that there is no result?"""

    def elementwise_sum(A, B):
        return A + B if A.shape == B.shape else None

    def elementwise_product(A, B):
        return A * B if A.shape == B.shape else None

    elementwise_sum_torch = elementwise_sum


class RaisesAnotherException:
    """You refuse different shapes, but not with the exception that the docstring names. Which class
    will a caller try to catch?"""

    def elementwise_sum(A, B):
        if A.shape != B.shape:
            raise Exception("different shapes")
        return A + B

    def elementwise_product(A, B):
        if A.shape != B.shape:
            raise Exception("different shapes")
        return A * B

    elementwise_sum_torch = elementwise_sum


class RaisesATypeError:
    """A TypeError is for the wrong kind of thing, and two arrays are of the right kind: it is their
    shapes that do not fit. Which exception does the docstring name?"""

    def elementwise_sum(A, B):
        if A.shape != B.shape:
            raise TypeError("different shapes")
        return A + B

    def elementwise_product(A, B):
        if A.shape != B.shape:
            raise TypeError("different shapes")
        return A * B

    elementwise_sum_torch = elementwise_sum


class LoopsOverTwoAxes:
    """Two nested loops fit a matrix. What does A.shape[1] say for a vector, and which operator
    needs no loop at all?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        C = np.zeros(A.shape)
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                C[i, j] = A[i, j] + B[i, j]
        return C

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        C = np.zeros(A.shape)
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                C[i, j] = A[i, j] * B[i, j]
        return C

    def elementwise_sum_torch(A, B):
        _equal_or_raise(A, B)
        C = A.clone()
        for i in range(A.shape[0]):
            for j in range(A.shape[1]):
                C[i, j] = A[i, j] + B[i, j]
        return C


class KeepsWholeNumbers:
    """The array that you fill holds integers, so every fraction is cut off on its way in. What does
    `dtype` say where you make it?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        return (A + B).astype(int)

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        return (A * B).astype(int)


class AnswersWithAList:
    """The numbers are right, but they lie in a list, which has no shape. What should a function on
    arrays return?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        return (A + B).tolist()

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        return (A * B).tolist()

    elementwise_sum_torch = elementwise_sum


class AddsUpTheEntries:
    """np.sum and .sum collapse an array. Here two arrays are combined, and the shape stays: which
    operator does that?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        return A.sum() + B.sum()

    elementwise_sum_torch = elementwise_sum


class JoinsTheArrays:
    """Your result holds the entries of both, one after the other. Which entry of B belongs to the
    first entry of A?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        return np.concatenate([A, B])

    def elementwise_sum_torch(A, B):
        import torch

        _equal_or_raise(A, B)
        return torch.cat([A, B])


class AddsInPlace:
    """A += B writes the sum into the caller's array. Who else may still need the old A, and what
    makes a new array?"""

    def elementwise_sum(A, B):
        _equal_or_raise(A, B)
        A += B
        return A

    elementwise_sum_torch = elementwise_sum


class LeavesTheErrorToPyTorch:
    """PyTorch stretches what it can, and raises RuntimeError for the rest. What does the docstring
    ask for when two shapes differ?"""

    def elementwise_sum_torch(A, B):
        return A + B


# --- the product ------------------------------------------------------------------------------


class StretchesTheProduct:
    """Your product accepts (3, 3) with (3,) and invents the rest by stretching. Which check of the
    sum is missing here?"""

    def elementwise_product(A, B):
        return A * B


class TakesTheMatrixProduct:
    """@ pairs rows with columns and adds. Which operator pairs each entry with the one at the same
    place, and adds nothing?"""

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        return A @ B


class AddsTheProducts:
    """You multiplied, and then added the products up: that is a dot product. How many numbers
    should be left for a shape of (2, 3)?"""

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        return (A * B).sum()


class MultipliesInPlace:
    """A *= B writes the product into the caller's array. Who else may still need the old A, and
    what makes a new array?"""

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        A *= B
        return A


class MultipliesEveryPair:
    """Every entry of A met every entry of B, so the result is far too large. With which single
    entry of B is an entry of A multiplied?"""

    def elementwise_product(A, B):
        _equal_or_raise(A, B)
        return np.multiply.outer(A, B)


# --- the probe --------------------------------------------------------------------------------


class AssumesLocality:
    """You mark the place that was changed without asking the function. Does a matrix product keep
    the change to itself?"""

    def changed_outputs(function, X, place, step=1.0):
        mask = np.zeros(X.shape, dtype=bool)
        mask[place] = True
        return mask

    def changed_outputs_torch(function, X, place, step=1.0):
        import torch

        mask = torch.zeros(X.shape, dtype=torch.bool)
        mask[place] = True
        return mask


class ChangesTheCallersArray:
    """Assignment gives X a second name, not a second array: the caller's input changes, and before
    and after are one. How do you get an array of your own?"""

    def changed_outputs(function, X, place, step=1.0):
        before = function(X)
        after = X
        after[place] += step
        return before != function(after)

    changed_outputs_torch = changed_outputs


class ChangesWhatItComparesWith:
    """A function may return a view of its input. If you change that input afterwards, the first
    output changes with it: what must the two calls not share?"""

    def changed_outputs(function, X, place, step=1.0):
        work = X.astype(float)
        before = function(work)
        work[place] += step
        return before != function(work)

    def changed_outputs_torch(function, X, place, step=1.0):
        work = X.clone()
        before = function(work)
        work[place] += step
        return before != function(work)


class LosesTheFraction:
    """An integer array cuts 0.25 off to 0, or refuses it. Of which dtype must your copy of X be
    before you add the step?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.copy()
        after[place] = after[place] + step
        return function(X) != function(after)


class IgnoresTheStep:
    """You always add 1. A ReLU at -2 stays silent then, but not for a longer step: which argument
    says how far to go?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += 1.0
        return function(X.astype(float)) != function(after)

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += 1.0
        return function(X) != function(after)


class ReplacesTheEntry:
    """You write the step into the entry. Is the entry to become the step, or to grow by it?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] = step
        return function(X.astype(float)) != function(after)

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] = step
        return function(X) != function(after)


class MarksWhatStays:
    """Your truth values are the wrong way round: True stands where nothing happened. Which
    comparison asks for a difference?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return function(X.astype(float)) == function(after)

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return function(X) == function(after)


class MarksWhatGrew:
    """You mark the outputs that became larger. May an output also change by becoming smaller?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return function(after) > function(X.astype(float))

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return function(after) > function(X)


class CountsWhatChanged:
    """You count the outputs that changed. Which of them were they? Keep a truth value for each."""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return int(np.sum(function(X.astype(float)) != function(after)))

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return int((function(X) != function(after)).sum())


class ReturnsTheDifference:
    """You return how much each output changed. The question is only whether it did: what turns a
    difference into True or False?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return function(after) - function(X.astype(float))

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return function(after) - function(X)


class ForgivesSmallChanges:
    """Beside 1,000,000 a step of 1 is small, and isclose lets it pass. Does the docstring ask which
    outputs are close, or which have changed?"""

    def changed_outputs(function, X, place, step=1.0):
        before, after = X.astype(float), X.astype(float)
        after[place] += step
        return ~np.isclose(function(before), function(after))

    def changed_outputs_torch(function, X, place, step=1.0):
        import torch

        after = X.clone()
        after[place] += step
        return ~torch.isclose(function(X), function(after))


class AsksWhetherAnythingChanged:
    """You give one truth value for all outputs together. Which outputs were they? Keep one for each
    entry."""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return bool(np.any(function(X.astype(float)) != function(after)))

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return bool((function(X) != function(after)).any())


class ListsThePlaces:
    """You list the indices of the outputs that changed. What is asked for is a truth value for each
    output, in the output's shape: which of your steps is one too many?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place] += step
        return np.argwhere(function(X.astype(float)) != function(after))

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place] += step
        return (function(X) != function(after)).nonzero()


class ChangesTheWholeRow:
    """place holds one index for each axis, and you used the first alone, so a whole row moved. How
    do you reach a single entry?"""

    def changed_outputs(function, X, place, step=1.0):
        after = X.astype(float)
        after[place[0]] += step
        return function(X.astype(float)) != function(after)

    def changed_outputs_torch(function, X, place, step=1.0):
        after = X.clone()
        after[place[0]] += step
        return function(X) != function(after)


# --- locality ---------------------------------------------------------------------------------


class TriesOneEntryOnly:
    """One entry may happen to reach nobody: the last column of a running sum changes only itself.
    Which entries must you try before you call a function local?"""

    def is_local(function, X):
        changed = _changed(function, X, (0,) * X.ndim)
        return changed.shape == X.shape and changed.sum() <= 1 and not changed.ravel()[1:].any()


class TriesTheFirstRowOnly:
    """You try the entries of one row. A function can be innocent there and mix in the next one:
    over which indices must the loop run?"""

    def is_local(function, X):
        places = [(0, j) for j in range(X.shape[1])]
        return _innocent(function, X, places)


class CountsTheChanges:
    """One output changed, but at which place? Flipping the rows also changes one output for each
    input, and is not element-wise."""

    def is_local(function, X):
        for place in np.ndindex(X.shape):
            changed = _changed(function, X, place)
            if changed.shape != X.shape or changed.sum() > 1:
                return False
        return True


class TriesTwoAxesOnly:
    """Two nested loops reach the entries of a matrix. What does X.shape[1] say for a vector, and
    what is X[i, j] for three axes?"""

    def is_local(function, X):
        return _innocent(function, X, [(i, j) for i in range(len(X)) for j in range(X.shape[1])])


class ComparesOnlyTheShapes:
    """An output of the same shape proves little: softmax keeps the shape and mixes. What must you
    try on the entries?"""

    def is_local(function, X):
        return function(X.astype(float)).shape == X.shape


class DemandsAChange:
    """A silent ReLU does not react to a small step, and is element-wise all the same. Which outputs
    are forbidden to change, and which one is merely allowed to?"""

    def is_local(function, X):
        for place in np.ndindex(X.shape):
            changed = _changed(function, X, place)
            if changed.shape != X.shape or not changed[place] or changed.sum() > 1:
                return False
        return True


class ForgetsTheShape:
    """Your comparison breaks, or misleads, when the output has another shape than X. Can such a
    function be element-wise at all, and where do you ask?"""

    def is_local(function, X):
        for place in np.ndindex(X.shape):
            changed = _changed(function, X, place)
            changed[place] = False
            if changed.any():
                return False
        return True


class TakesAnyForAll:
    """You say yes as soon as one entry keeps to itself. How many of them must?"""

    def is_local(function, X):
        return any(_innocent(function, X, [place]) for place in np.ndindex(X.shape))


class AnswersTheOtherWayRound:
    """You say True where a change reaches another place. Which of the two is called local?"""

    def is_local(function, X):
        return not _innocent(function, X, np.ndindex(X.shape))


def _equal_or_raise(A, B):
    if A.shape != B.shape:
        raise ValueError("different shapes")


def _changed(function, X, place):
    after = X.astype(float)
    after[place] += 1.0
    return np.asarray(function(X.astype(float)) != function(after))


def _innocent(function, X, places):
    for place in places:
        changed = _changed(function, X, place)
        if changed.shape != X.shape:
            return False
        changed[place] = False
        if changed.any():
            return False
    return True
