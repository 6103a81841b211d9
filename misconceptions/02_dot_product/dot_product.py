"""Wrong ideas about the dot product and the mean squared error.

Wrong formulas are first drafts, written before anybody thinks of shapes and small integers.
"""

import numpy as np


class MultipliesWithoutAdding:
    """You have one product for each pair of entries. A dot product is a single number: which step
    is missing?"""

    def dot_product(a, b):
        return a * b

    dot_product_torch = dot_product


class TakesEveryPair:
    """You pair every entry of a with every entry of b, which gives a table. Which of these
    products does the formula ask for?"""

    def dot_product(a, b):
        return np.outer(a, b)

    def dot_product_torch(a, b):
        import torch

        return torch.outer(a, b)


class MultipliesTheSums:
    """Adding first loses which entry belongs with which. What has to happen before the sum?"""

    def dot_product(a, b):
        return a.sum() * b.sum()

    dot_product_torch = dot_product


class AddsThePairs:
    """You add the two entries of each pair. What does the formula do with a₁ and b₁?"""

    def dot_product(a, b):
        return (a + b).sum()

    dot_product_torch = dot_product


class TakesTheCrossProduct:
    """The cross product is a vector at right angles to both. The dot product is another thing: one
    number that says how well they agree."""

    def dot_product(a, b):
        return np.cross(a, b)

    def dot_product_torch(a, b):
        import torch

        return torch.linalg.cross(a, b)


class DropsTheSign:
    """A dot product may be negative: the sign is what tells vectors that agree from vectors that
    point against each other. Where do you lose it?"""

    def dot_product(a, b):
        return abs((a * b).sum())

    dot_product_torch = dot_product


class MultipliesTheLengths:
    """|a||b| is the largest value a · b can reach, when both point the same way. What in your
    formula depends on the angle between them?"""

    def dot_product(a, b):
        return ((a * a).sum() * (b * b).sum()) ** 0.5

    dot_product_torch = dot_product


class AveragesTheProducts:
    """This is the mean of the products. Which step of yours is not in the formula?"""

    def dot_product(a, b):
        return (a * b).mean()

    dot_product_torch = dot_product


class CutsToTheShorter:
    """zip stops at the shorter vector and says nothing, so entries disappear. What should happen
    before the loop when the shapes differ?"""

    def dot_product(a, b):
        return sum(x * y for x, y in zip(a, b, strict=False))

    dot_product_torch = dot_product


class LeavesShapesAndTypesToNumPy:
    """The formula is right. But NumPy stretches (1,) to fit (3,), and lets 8-bit products wrap
    round. Which two things must you settle before you multiply?"""

    def dot_product(a, b):
        return (a * b).sum()

    dot_product_torch = dot_product


class WrapsSmallIntegersRound:
    """100 times 2 does not fit in 8 bits. In which type is each product stored, and when is it too
    late to widen it?"""

    def dot_product(a, b):
        _equal_or_raise(a, b)
        return (a * b).sum()

    dot_product_torch = dot_product


class StretchesTheShapes:
    """NumPy and PyTorch stretch an axis of size 1 to fit, so some mismatches raise no error and
    give a wrong number. What can you compare before you multiply?"""

    def dot_product(a, b):
        return (a.astype(float) * b).sum()

    def dot_product_torch(a, b):
        return (a.double() * b).sum()


class ComparesOnlyTheLengths:
    """A column of shape (3, 1) also has length 3, and times (3,) it gives a 3 × 3 table. What else
    must be equal besides len?"""

    def dot_product(a, b):
        if len(a) != len(b):
            raise ValueError("different lengths")
        return (a.astype(float) * b).sum()

    def dot_product_torch(a, b):
        if len(a) != len(b):
            raise ValueError("different lengths")
        return (a.double() * b).sum()


class LeavesShapesAndTypesToPyTorch:
    """PyTorch's rules are not the ones asked for: it wraps 8-bit integers round, stretches (1,),
    and raises RuntimeError for the rest. Which checks of your NumPy version are missing?"""

    def dot_product_torch(a, b):
        return (a * b).sum()


class UnwrapsTheTensor:
    """float() and .item() turn a tensor into a plain number, and autograd loses its way back. What
    does .sum() of a tensor give you already?"""

    def dot_product_torch(a, b):
        _equal_or_raise(a, b)
        return (a.double() * b).sum().item()


class WrapsANumberInANewTensor:
    """A new tensor made from a plain number does not know where it came from. Can you stay with
    tensors all the way?"""

    def dot_product_torch(a, b):
        import torch

        _equal_or_raise(a, b)
        return torch.tensor((a.double() * b).sum().item())


class ForgetsTheMean:
    """This is the sum of the squared errors, and it grows with the number of entries. What makes
    it a mean?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        error = prediction - target
        return (error * error).sum()


class TakesTheRoot:
    """The mean squared error stays squared: with a root you have the RMSE. Which step is one too
    many?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        error = prediction - target
        return (error * error).mean() ** 0.5


class AveragesSignedErrors:
    """Errors of +2 and -2 cancel in your loss, although both are wrong. What do you do to each
    error before you add?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return (prediction - target).mean()


class AveragesAbsoluteErrors:
    """That is the mean absolute error. It counts an error of 2 as two errors of 1; how much should
    it count here?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return abs(prediction - target).mean()


class StretchesTheError:
    """(3,) minus (3, 1) is a 3 × 3 table: every prediction against every target. How can you make
    sure that each prediction meets its own target only?"""

    def mean_squared_error(prediction, target):
        error = prediction - target
        return (error * error).mean()


class ForgetsTheMinus:
    """A logarithm of a probability is never positive, so your loss is never positive either, and is
    best where the classifier is most wrong. What turns it round?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return (target * np.log(probabilities)).sum()


class LeavesOutTheLogarithm:
    """Minus the probability itself is no cross-entropy: between 0.01 and 0.02 it sees hardly a
    difference. What is done to each probability in the formula?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(target * probabilities).sum()


class TakesTheLogarithmTooLate:
    """For a single right class it is the same, but not for shares: is the logarithm of a sum the
    sum of the logarithms?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -np.log((target * probabilities).sum())


class TakesTheLogarithmOfTheTarget:
    """A target holds zeros, and 0 has no logarithm. Of which of the two vectors is it taken?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(probabilities * np.log(target)).sum()


class CountsInBits:
    """With log2 a loss is measured in bits. Which base has the natural logarithm, and what is it
    called in NumPy?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(target * np.log2(probabilities)).sum()


class AveragesOverTheClasses:
    """Your loss shrinks as classes are added, although all of them belong to one answer. Which step
    of yours is not in the formula?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(target * np.log(probabilities)).mean()


def _equal_or_raise(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")
