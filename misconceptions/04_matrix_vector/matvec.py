"""Wrong ideas about a matrix times a vector.

Those about the product itself are first drafts, written before anybody thinks of shapes that do
not fit.
"""

import numpy as np

# --- one row, one column ----------------------------------------------------------------------


class GivesANeuronTheColumn:
    """Column i holds what input i means to every neuron. Where in W does neuron i keep its own
    weights?"""

    def pre_activation(W, x, i):
        return float((W[:, i] * x).sum())


class CountsNeuronsFromOne:
    """The first row has index 0. Which neuron does yours answer for?"""

    def pre_activation(W, x, i):
        return float((W[i - 1] * x).sum())


class KeepsTheProductsApart:
    """You have one product for each input. A neuron answers with a single number: which step is
    missing?"""

    def pre_activation(W, x, i):
        return W[i] * x


class SumsTheWeights:
    """Your neuron answers the same to every input of one kind. Which of its inputs does each weight
    multiply?"""

    __sizes__ = (0,)  # no input at all

    def pre_activation(W, x, i, *, size=1):
        return float(W[i].sum() * x[i % len(x)] ** size)


class ScalesTheRow:
    """You scale a row of W. Input j reaches every neuron: which n or m numbers of W belong to
    it?"""

    def contribution(W, x, j):
        return x[j] * W[j % len(W)]


class ForgetsToScaleTheColumn:
    """This is the share of an input of 1. How large is the input here?"""

    def contribution(W, x, j):
        return W[:, j] * 1.0


class AddsTheInputToTheColumn:
    """The entry of x is added to every weight of the column. Is a weight added to its input, or
    multiplied by it?"""

    def contribution(W, x, j):
        return x[j] + W[:, j]


class AddsUpTheColumn:
    """You have one number for input j. It adds something else to each neuron: how many shares are
    there?"""

    def contribution(W, x, j):
        return x[j] * W[:, j].sum()


class ScalesByAnotherEntry:
    """Each column has its own entry of x. Which entry of x scales column 1?"""

    def contribution(W, x, j):
        return x[0] * W[:, j]


class WalksDownTheColumn:
    """Column i holds what input i means to every neuron. Where in W does neuron i keep its own
    weights?"""

    def pre_activation(W, x, i):
        return float(sum(w * v for w, v in zip(W[:, i], x, strict=False)))


class CountsInputsFromOne:
    """The first column has index 0. Which input do you answer for?"""

    def contribution(W, x, j):
        return x[j - 1] * W[:, j - 1]


class AddsTheWeightsToTheInputs:
    """You add each weight to its input. Does a weight count more for a larger input then?"""

    def pre_activation(W, x, i):
        return float((W[i] + x).sum())


class AveragesTheProducts:
    """This is the mean of the products. Which step of yours is not in the formula?"""

    def pre_activation(W, x, i):
        return float((W[i] * x).mean())


class CutsTheSum:
    """int drops what stands behind the point. Which kind of number does the docstring promise?"""

    def pre_activation(W, x, i):
        return int((W[i] * x).sum())


class AppliesTheReLU:
    """Pre-activations may be negative: the activation function comes after them. Which step comes
    too early?"""

    def pre_activation(W, x, i):
        return max(float((W[i] * x).sum()), 0.0)


class KeepsTheLastProduct:
    """Only the last input counts in your result. What does = in a loop do to the products before
    it?"""

    def pre_activation(W, x, i):
        return float(W[i, -1] * x[-1])


class LeavesOutTheLastProduct:
    """Your loop ends one input too early. Which index does the last input have, and does range
    reach its end?"""

    def pre_activation(W, x, i):
        return float((W[i] * x)[:-1].sum())


class AnswersForAllNeurons:
    """You have the answers of the whole layer. Which one of them is asked for?"""

    def pre_activation(W, x, i):
        return (W * x).sum(1)


class KeepsTheColumnsAxis:
    """You kept the axis of columns with size 1, so this is a matrix. What does a single index do to
    an axis, and what does a slice?"""

    def contribution(W, x, j):
        return x[j] * W[:, j : j + 1]


class ScalesByAllInputs:
    """The whole of x meets a column, which has m entries and not n. Which entry of x belongs to
    column j?"""

    def contribution(W, x, j):
        return x * W[:, j]


class ListsTheShares:
    """The shares are right, but they lie in a Python list. What makes an array of them?"""

    def contribution(W, x, j):
        return [float(x[j] * row[j]) for row in W]


class WritesIntoTheColumn:
    """A column is a window on W, and *= writes through it. Which expression makes a new array?"""

    def contribution(W, x, j):
        column = W[:, j]
        column *= x[j]
        return column


# --- the whole product ------------------------------------------------------------------------


class MultipliesWithoutAdding:
    """W * x is still a matrix: its columns are scaled, and nothing is added. Along which axis do
    the products of one neuron lie?"""

    def matvec_rows(W, x):
        return W * x

    def matvec_torch(W, x):
        return W * x


class CollapsesTheNeurons:
    """You have one number for each input. How many numbers does a layer of m neurons answer, so
    which axis has to disappear?"""

    def matvec_rows(W, x):
        return (W * x).sum(0)

    def matvec_torch(W, x):
        return (W * x).sum(0)


class AddsUpEverything:
    """A single number for the whole layer: you added across neurons as well. What keeps their sums
    apart?"""

    def matvec_rows(W, x):
        return (W * x).sum()

    def matvec_torch(W, x):
        return (W * x).sum()


class PutsTheVectorOnTheLeft:
    """For a square W your numbers are those of the transpose; for others it fails. Do rows of W
    meet x, or columns?"""

    def matvec_rows(W, x):
        return (W.T * x).sum(1)

    def matvec_torch(W, x):
        return (W.T * x).sum(1)


class ReturnsAColumn:
    """The numbers are right, but they stand in a matrix with a single column. How many axes has a
    vector here?"""

    def matvec_rows(W, x):
        return (W * x).sum(1, keepdims=True)

    def matvec_torch(W, x):
        return (W * x).sum(1, keepdim=True)


class LoopsOverTheInputs:
    """You make one entry for each input. W.shape is (neurons, inputs): how many dot products are
    there?"""

    def matvec_rows(W, x):
        return np.array([(W[i] * x).sum() for i in range(W.shape[1])])


class LeavesTheLoopEarly:
    """Only the first neuron is answered for. Where does your return stand, inside the loop or after
    it?"""

    def matvec_rows(W, x):
        for i in range(W.shape[0]):
            return np.array([(W[i] * x).sum()])


class ReturnsAList:
    """A Python list has no shape, and + joins it instead of adding. What turns it into an
    array?"""

    def matvec_rows(W, x):
        _fitting_or_raise(W, x)
        return [float((row * x).sum()) for row in W]


class KeepsTheLastColumn:
    """Only the last input counts in your result. What does = in a loop do to the columns before
    it?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0])
        for j in range(W.shape[1]):
            total = x[j] * W[:, j]
        return total


class AddsColumnsUnscaled:
    """You add the columns of W as they are. By how much does x scale each of them?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        return W.sum(axis=1) * 1.0


class AddsScaledRows:
    """You add multiples of rows, which gives n numbers. How many entries has a column of W, and
    which of the two is scaled by x[j]?"""

    def matvec_columns(W, x):
        return (W.T * x).sum(1)


class StacksTheColumns:
    """You have the scaled columns side by side. What happens to them in the formula?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        return np.stack([x[j] * W[:, j] for j in range(len(x))], axis=1)


class CollectsInIntegers:
    """Your total starts as an array of integers, and such an array cuts fractions off. Which dtype
    should it start with?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0], dtype=x.dtype)
        for j in range(W.shape[1]):
            total[:] = total + x[j] * W[:, j]
        return total


class CollectsRowsInIntegers:
    """Your buffer is made like W, and if W holds integers, so does the buffer, and cuts fractions
    off. Which dtype should it start with?"""

    def matvec_rows(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0], dtype=W.dtype)
        for i in range(W.shape[0]):
            total[i] = (W[i] * x).sum()
        return total

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0], dtype=W.dtype)
        total[:] = (W * x).sum(1)
        return total


class CutsEachShare:
    """Your total is an array of integers, and each share loses what stands behind the point as it
    is added. Which dtype should it start with?"""

    __sizes__ = (1,)  # cut before it is added

    def matvec_columns(W, x, *, size=0):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0], dtype=int)
        for j in range(W.shape[1]):
            share = x[j] * W[:, j]
            total[:] = total + (share.astype(int) if size else share)
        return total


class RefusesToAddFractions:
    """+= adds no fractions to an array of integers: NumPy raises instead. Which dtype should your
    total start with?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0], dtype=int)
        for j in range(W.shape[1]):
            total += x[j] * W[:, j]
        return total


class CutsTheWholeResult:
    """An integer dtype drops what stands behind the point. Which kind of numbers does the docstring
    promise?"""

    def matvec_rows(W, x):
        _fitting_or_raise(W, x)
        return (W * x).sum(1).astype(int)

    matvec_columns = matvec_rows

    def matvec_torch(W, x):
        _fitting_or_raise(W, x)
        return (W * x).sum(1).long()


class LoopsOverTheRowsForColumns:
    """Your loop goes over range(m), where m is the number of neurons. How many columns has W, and
    what if there are more of them, or fewer?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[0])
        for j in range(W.shape[0]):
            total += x[j] * W[:, j]
        return total


class MakesTheTotalTooLong:
    """Your total has an entry for each input. How many numbers does a column of W have?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        total = np.zeros(W.shape[1])
        for j in range(W.shape[1]):
            total += x[j] * W[:, j]
        return total


class LeavesOutTheLastColumn:
    """Your loop ends one column too early. Which index does the last column have, and does range
    reach its end?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        return (W * x)[:, :-1].sum(1) * 1.0


class ReturnsAColumnMatrix:
    """The numbers are right, but they stand in a matrix with a single column. How many axes has a
    vector here?"""

    def matvec_columns(W, x):
        _fitting_or_raise(W, x)
        return (W * x).sum(1, keepdims=True) * 1.0


class LeavesOutTheLastRow:
    """Your loop ends one neuron too early. How many rows has W, and does range reach its end?"""

    def matvec_rows(W, x):
        _fitting_or_raise(W, x)
        return (W * x).sum(1)[:-1] * 1.0


class AveragesEachRow:
    """These are means of the products. Which step of yours is not in the formula?"""

    def matvec_rows(W, x):
        _fitting_or_raise(W, x)
        return (W * x).mean(1)

    matvec_torch = matvec_rows


class ListsTheTensors:
    """The numbers are right, but they lie in a Python list. What makes one tensor of them, without
    cutting them off from W and x?"""

    def matvec_torch(W, x):
        _fitting_or_raise(W, x)
        return list((W * x).sum(1))


class StretchesTheShapes:
    """(2, 3) times (1,) or (3, 1) raises nothing or the wrong thing: * stretches what it can. Which
    shape must x have, and where do you check it?"""

    def matvec_rows(W, x):
        return (W * x).sum(axis=1) * 1.0

    def matvec_columns(W, x):
        return (W * x).sum(axis=1) * 1.0

    def matvec_torch(W, x):
        return (W * x).sum(dim=1)


class LetsTheLoopDecide:
    """A loop over x ends with x, too early or too late, and nobody compares the sizes. What should
    happen when x is shorter or has two axes?"""

    def matvec_columns(W, x):
        total = np.zeros(W.shape[0])
        for value, column in zip(x, W.T, strict=False):
            total = total + value * column
        return total


class ChecksOnlyTheLength:
    """A column of shape (3, 1) has length 3 as well, but it is a matrix. What else of x must you
    compare besides len?"""

    def matvec_rows(W, x):
        if len(x) != W.shape[1]:
            raise ValueError("wrong length")
        return (W * x).sum(axis=1) * 1.0

    def matvec_columns(W, x):
        if len(x) != W.shape[1]:
            raise ValueError("wrong length")
        return (W * x).sum(axis=1) * 1.0

    def matvec_torch(W, x):
        if len(x) != W.shape[1]:
            raise ValueError("wrong length")
        return (W * x).sum(dim=1)


class ComparesWithTheRows:
    """You compare x with the number of rows. Which of the two sizes of W must equal the number of
    inputs?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[0],):
            raise ValueError("shapes do not fit")
        return (W * x).sum(axis=1) * 1.0

    def matvec_columns(W, x):
        if tuple(x.shape) != (W.shape[0],):
            raise ValueError("shapes do not fit")
        return (W * x).sum(axis=1) * 1.0

    def matvec_torch(W, x):
        if tuple(x.shape) != (W.shape[0],):
            raise ValueError("shapes do not fit")
        return (W * x).sum(dim=1)


class AssertsTheShapes:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            raise AssertionError
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            raise TypeError("shapes do not fit")
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            raise Exception("shapes do not fit")
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class AnswersNoneForBadShapes:
    """For shapes that do not fit your answer is None, and the caller computes on with it. A printed
    message does not stop anybody: what does?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            return None
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class AnswersMinusOneForBadShapes:
    """-1 is an answer like any other: who gets it cannot tell that the shapes were wrong. How does
    a Python function refuse its arguments?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            return -1
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class AnswersFalseForBadShapes:
    """False counts as 0 in the next sum, and nobody notices that the shapes were wrong. How does a
    Python function refuse its arguments?"""

    def matvec_rows(W, x):
        if tuple(x.shape) != (W.shape[1],):
            return False
        return (W * x).sum(1) * 1.0

    matvec_columns = matvec_torch = matvec_rows


class CutsTheTensorLoose:
    """The numbers are right, but autograd finds no way back: a new tensor made of numbers, .data
    and detach all forget where they came from. Can you stay with the tensors as they are?"""

    def matvec_torch(W, x):
        import torch

        _fitting_or_raise(W, x)
        return torch.tensor((W * x).sum(dim=1).tolist(), dtype=W.dtype)


class DetachesTheInput:
    """Autograd finds no way back to x. Where does x leave the tensors that it can follow?"""

    def matvec_torch(W, x):
        _fitting_or_raise(W, x)
        return (W * x.detach()).sum(dim=1)


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def pre_activation(*args):
        raise NameError

    contribution = pre_activation
    matvec_rows = pre_activation
    matvec_columns = pre_activation
    matvec_torch = pre_activation


def _fitting_or_raise(W, x):
    if tuple(x.shape) != (W.shape[1],):
        raise ValueError("shapes do not fit")
