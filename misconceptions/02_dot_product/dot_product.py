"""Wrong ideas about the dot product and the mean squared error.

Wrong formulas are first drafts, written before anybody thinks of shapes and small integers.
"""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)


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
    """The number is right, but autograd finds no way back: a new tensor made of a number, .data and
    detach all forget where it came from. Can you stay with the tensors as they are?"""

    def dot_product_torch(a, b):
        import torch

        _equal_or_raise(a, b)
        return torch.tensor((a.double() * b).sum().item())


class MultipliesFloatsWithoutAdding:
    """You have one product for each pair of entries. A dot product is a single number: which step
    is missing?"""

    def dot_product(a, b):
        return _floats(a, b) * b

    def dot_product_torch(a, b):
        return _doubles(a, b) * b


class TakesEveryPairOfFloats:
    """You pair every entry of a with every entry of b, which gives a table. Which of these products
    does the formula ask for?"""

    def dot_product(a, b):
        return _floats(a, b)[:, None] * b

    def dot_product_torch(a, b):
        return _doubles(a, b)[:, None] * b


class AddsThePairsOfFloats:
    """You add the two entries of each pair. What does the formula do with a₁ and b₁?"""

    def dot_product(a, b):
        return (_floats(a, b) + b).sum()

    def dot_product_torch(a, b):
        return (_doubles(a, b) + b).sum()


class DropsTheSignOfTheSum:
    """A dot product may be negative: the sign is what tells vectors that agree from vectors that
    point against each other. Where do you lose it?"""

    def dot_product(a, b):
        return abs((_floats(a, b) * b).sum())

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b).sum().abs()


class DropsTheSignsOfTheProducts:
    """A negative product takes something away from the sum: these two entries disagree. Where do
    its sign and your sum part?"""

    def dot_product(a, b):
        return abs(_floats(a, b) * b).sum()

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b).abs().sum()


class AveragesTheProductsOfFloats:
    """This is the mean of the products. Which step of yours is not in the formula?"""

    def dot_product(a, b):
        return (_floats(a, b) * b).mean()

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b).mean()


class TakesTheRootOfTheSum:
    """A root belongs to the length of a vector. Where is one in a · b = a₁b₁ + a₂b₂ + …?"""

    def dot_product(a, b):
        return (_floats(a, b) * b).sum() ** 0.5

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b).sum() ** 0.5


class DividesByTheLengths:
    """With both lengths divided out this is the cosine of the angle. Which step of yours is not in
    the formula?"""

    def dot_product(a, b):
        a, b = _floats(a, b), b.astype(float)
        return (a * b).sum() / ((a * a).sum() * (b * b).sum()) ** 0.5

    def dot_product_torch(a, b):
        a, b = _doubles(a, b), b.double()
        return (a * b).sum() / ((a * a).sum() * (b * b).sum()) ** 0.5


class CutsFloatsToTheShorter:
    """zip stops at the shorter vector and says nothing, so entries disappear. What should happen
    before the loop when the shapes differ?"""

    def dot_product(a, b):
        return sum(float(x) * float(y) for x, y in zip(a, b, strict=False))

    def dot_product_torch(a, b):
        return sum(x.double() * y for x, y in zip(a, b, strict=False))


class LoopsAsFarAsTheFirst:
    """Your loop runs as far as a does, and b may be shorter, or longer, or a column. What should
    happen before the loop when the shapes differ?"""

    def dot_product(a, b):
        return sum(float(a[i]) * float(b[i]) for i in range(len(a)))

    def dot_product_torch(a, b):
        return sum((a[i].double() * b[i].reshape(())) for i in range(len(a)))


class LeavesOutTheLast:
    """Your loop ends one entry too early. Which index does the last entry have, and does range
    reach its end?"""

    def dot_product(a, b):
        return (_floats(a, b) * b)[:-1].sum()

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b)[:-1].sum()


class LeavesOutTheFirst:
    """Your loop begins one entry too late. Which index does the first entry have?"""

    def dot_product(a, b):
        return (_floats(a, b) * b)[1:].sum()

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b)[1:].sum()


class KeepsTheLastProduct:
    """Only the last product is left in your result. What does = in a loop do to the products before
    it?"""

    def dot_product(a, b):
        return float((_floats(a, b) * b)[-1])

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b)[-1]


class LeavesTheLoopEarly:
    """Only the first product is in your result. Where does your return stand, inside the loop or
    after it?"""

    def dot_product(a, b):
        return float((_floats(a, b) * b)[0])

    def dot_product_torch(a, b):
        return (_doubles(a, b) * b)[0]


class ReadsThreeEntries:
    """Your formula reads three entries and nothing else. How would you write it for 200 of them?"""

    def dot_product(a, b):
        a = _floats(a, b)
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

    def dot_product_torch(a, b):
        a = _doubles(a, b)
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


class ReadsTwoEntries:
    """Your formula reads two entries and nothing else. How would you write it for 200 of them?"""

    def dot_product(a, b):
        a = _floats(a, b)
        return a[0] * b[0] + a[1] * b[1]

    def dot_product_torch(a, b):
        a = _doubles(a, b)
        return a[0] * b[0] + a[1] * b[1]


class CutsTheEntries:
    """An integer has no room for what stands behind the point, and 0.5 becomes 0. Which type is
    wide enough for both kinds of numbers?"""

    def dot_product(a, b):
        _equal_or_raise(a, b)
        return float(sum(int(x) * int(y) for x, y in zip(a, b, strict=True)))

    def dot_product_torch(a, b):
        _equal_or_raise(a, b)
        return (a.long() * b.long()).sum()


class WidensToIntegers:
    """int64 is wide, but it has no room for what stands behind the point, and 0.5 becomes 0. Which
    type does the docstring name?"""

    def dot_product(a, b):
        _equal_or_raise(a, b)
        return (a.astype(np.int64) * b).sum()

    def dot_product_torch(a, b):
        _equal_or_raise(a, b)
        return (a.long() * b).sum()


class CutsTheSum:
    """int drops what stands behind the point. Which kind of number does the docstring promise?"""

    def dot_product(a, b):
        return int((_floats(a, b) * b).sum())


class WidensToSinglePrecision:
    """float32 holds about seven digits, and a large integer has more. Which type does the docstring
    name?"""

    def dot_product(a, b):
        _equal_or_raise(a, b)
        return float((a.astype(np.float32) * b).sum())


class MultipliesInPlace:
    """*= writes into the caller's array, and asarray copies nothing that is made of floats already.
    Which expression makes a new array?"""

    def dot_product(a, b):
        _equal_or_raise(a, b)
        a = np.asarray(a, dtype=float)
        a *= b
        return a.sum()


class AssertsTheShapes:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def dot_product(a, b):
        assert a.shape == b.shape
        return (a.astype(float) * b).sum()

    def mean_squared_error(prediction, target):
        assert prediction.shape == target.shape
        return ((prediction - target) ** 2).mean()

    def cross_entropy(probabilities, target):
        assert probabilities.shape == target.shape
        return -(target * np.log(probabilities)).sum()

    def dot_product_torch(a, b):
        assert a.shape == b.shape
        return (a.double() * b).sum()


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def dot_product(a, b):
        if a.shape != b.shape:
            raise TypeError("different shapes")
        return (a.astype(float) * b).sum()

    def mean_squared_error(prediction, target):
        if prediction.shape != target.shape:
            raise TypeError("different shapes")
        return ((prediction - target) ** 2).mean()

    def cross_entropy(probabilities, target):
        if probabilities.shape != target.shape:
            raise TypeError("different shapes")
        return -(target * np.log(probabilities)).sum()

    def dot_product_torch(a, b):
        if a.shape != b.shape:
            raise TypeError("different shapes")
        return (a.double() * b).sum()


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def dot_product(a, b):
        if a.shape != b.shape:
            raise Exception("different shapes")
        return (a.astype(float) * b).sum()

    def mean_squared_error(prediction, target):
        if prediction.shape != target.shape:
            raise Exception("different shapes")
        return ((prediction - target) ** 2).mean()

    def cross_entropy(probabilities, target):
        if probabilities.shape != target.shape:
            raise Exception("different shapes")
        return -(target * np.log(probabilities)).sum()

    def dot_product_torch(a, b):
        if a.shape != b.shape:
            raise Exception("different shapes")
        return (a.double() * b).sum()


class AnswersNoneForBadShapes:
    """For shapes that differ your answer is None, and the caller computes on with it. A printed
    message does not stop anybody: what does?"""

    def dot_product(a, b):
        return (a.astype(float) * b).sum() if a.shape == b.shape else None

    def mean_squared_error(prediction, target):
        return ((prediction - target) ** 2).mean() if prediction.shape == target.shape else None

    def cross_entropy(probabilities, target):
        return (
            -(target * np.log(probabilities)).sum() if probabilities.shape == target.shape else None
        )

    def dot_product_torch(a, b):
        return (a.double() * b).sum() if a.shape == b.shape else None


class AnswersMinusOneForBadShapes:
    """-1 is a number like any other: who gets it cannot tell that the shapes were wrong. How does a
    Python function refuse its arguments?"""

    def dot_product(a, b):
        return (a.astype(float) * b).sum() if a.shape == b.shape else -1

    def mean_squared_error(prediction, target):
        return ((prediction - target) ** 2).mean() if prediction.shape == target.shape else -1

    def cross_entropy(probabilities, target):
        return (
            -(target * np.log(probabilities)).sum() if probabilities.shape == target.shape else -1
        )

    def dot_product_torch(a, b):
        return (a.double() * b).sum() if a.shape == b.shape else -1


class AnswersZeroForBadShapes:
    """0 is a number like any other: who gets it cannot tell that the shapes were wrong. How does a
    Python function refuse its arguments?"""

    def dot_product(a, b):
        return (a.astype(float) * b).sum() if a.shape == b.shape else 0.0

    def mean_squared_error(prediction, target):
        return ((prediction - target) ** 2).mean() if prediction.shape == target.shape else 0.0

    def cross_entropy(probabilities, target):
        return (
            -(target * np.log(probabilities)).sum() if probabilities.shape == target.shape else 0.0
        )

    def dot_product_torch(a, b):
        return (a.double() * b).sum() if a.shape == b.shape else 0.0


class AnswersFalseForBadShapes:
    """False counts as 0 in the next sum, and nobody notices that the shapes were wrong. How does a
    Python function refuse its arguments?"""

    def dot_product(a, b):
        return (a.astype(float) * b).sum() if a.shape == b.shape else False

    def mean_squared_error(prediction, target):
        return ((prediction - target) ** 2).mean() if prediction.shape == target.shape else False

    def cross_entropy(probabilities, target):
        return (
            -(target * np.log(probabilities)).sum()
            if probabilities.shape == target.shape
            else False
        )

    def dot_product_torch(a, b):
        return (a.double() * b).sum() if a.shape == b.shape else False


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


class HalvesTheMean:
    """The factor ½ makes a derivative prettier, and halves the loss. Is it in the docstring's
    formula?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return ((prediction - target) ** 2).mean() / 2


class HalvesTheSum:
    """Half of the summed squares is a loss of some textbooks. By what does the docstring divide e ·
    e?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return ((prediction - target) ** 2).sum() / 2


class DividesByOneLess:
    """n - 1 belongs to the variance of a sample, and for one entry it divides by zero. How many
    errors are averaged here?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return ((prediction - target) ** 2).sum() / np.float64(prediction.size - 1)


class SquaresTheMean:
    """Errors of +2 and -2 cancel before you square. Which comes first, the square or the mean?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return (prediction - target).mean() ** 2


class SubtractsTheSquares:
    """5² - 4² is 9, and (5 - 4)² is 1. Which comes first, the difference or the square?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return (prediction**2 - target**2).mean()


class KeepsTheErrorsApart:
    """You have one squared error for each entry. A loss is a single number: which step is
    missing?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return (prediction - target) ** 2


class AddsAbsoluteErrors:
    """That counts an error of 2 as two errors of 1, and it grows with the number of entries. How
    much should an error of 2 count, and what makes a mean?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return abs(prediction - target).sum()


class MeasuresTheDistance:
    """The root of the summed squares is the distance of the two vectors. What does the docstring do
    with e · e instead?"""

    def mean_squared_error(prediction, target):
        _equal_or_raise(prediction, target)
        return ((prediction - target) ** 2).sum() ** 0.5


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


class AddsTheBinaryTerms:
    """(1 - t) log(1 - p) belongs to answers of yes or no. With a probability for each class, which
    terms are in the docstring's formula?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        other = (1 - target) * np.log(1 - probabilities)
        return -(target * np.log(probabilities) + other).sum()


class AveragesTheBinaryTerms:
    """That is the loss for answers of yes or no, and its mean. With a probability for each class,
    which terms does the docstring add?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        other = (1 - target) * np.log(1 - probabilities)
        return -(target * np.log(probabilities) + other).mean()


class LooksUpTheWinner:
    """You read one class from the target, the largest. What if it gives shares to several
    classes?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -np.log(probabilities[np.argmax(target)])


class TakesTheLargestProbability:
    """You ask how sure the classifier is, not whether it is right. Which of its probabilities does
    the target pick?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -np.log(probabilities.max())


class AddsAllLogarithms:
    """Every class counts for you as if it were the right one. Where does the target come in?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -np.log(probabilities).sum()


class TakesTheEntropy:
    """That is the entropy of the classifier alone, the same for every target. Which of the two
    vectors stands before the logarithm?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(probabilities * np.log(probabilities)).sum()


class AppliesTheSoftmaxAgain:
    """You take the probabilities for scores and make probabilities of them once more. What do they
    sum to before you do that?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        again = np.exp(probabilities) / np.exp(probabilities).sum()
        return -(target * np.log(again)).sum()


class TakesTheDecimalLogarithm:
    """log10 is the logarithm to the base 10. Which base has the natural logarithm, and what is it
    called in NumPy?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(target * np.log10(probabilities)).sum()


class KeepsTheTermsApart:
    """You have one term for each class. A loss is a single number: which step is missing?"""

    def cross_entropy(probabilities, target):
        _equal_or_raise(probabilities, target)
        return -(target * np.log(probabilities))


class AddsAnEpsilonInsideTheLog:
    """A probability may be tiny, and its loss is large then: 69 for 1e-30. What you add, or the
    least that you allow, changes that. Can a probability be 0 here?"""

    __sizes__ = SMALL

    def cross_entropy(probabilities, target, *, size=1e-8):
        _equal_or_raise(probabilities, target)
        return -(target * np.log(probabilities + size)).sum()


class ClipsTheProbabilities:
    """A probability may be tiny, and its loss is large then: 69 for 1e-30. What you add, or the
    least that you allow, changes that. Can a probability be 0 here?"""

    __sizes__ = (*SMALL, 1e-8)

    def cross_entropy(probabilities, target, *, size=1e-6):
        _equal_or_raise(probabilities, target)
        return -(target * np.log(probabilities.clip(size))).sum()


class StretchesTheTarget:
    """(3,) times (3, 1) is a 3 × 3 table: every probability meets every target. How can you make
    sure that each meets its own only?"""

    def cross_entropy(probabilities, target):
        return -(target * np.log(probabilities)).sum()


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def dot_product(*args):
        raise NameError

    mean_squared_error = dot_product
    cross_entropy = dot_product
    dot_product_torch = dot_product


def _equal_or_raise(a, b):
    if a.shape != b.shape:
        raise ValueError("different shapes")


def _floats(a, b):
    _equal_or_raise(a, b)
    return a.astype(float)


def _doubles(a, b):
    _equal_or_raise(a, b)
    return a.double()
