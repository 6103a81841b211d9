"""Wrong ideas about shapes, entries, rows and columns of a weight matrix."""

import itertools

import numpy as np

# --- making a matrix --------------------------------------------------------------------------


class KeepsLists:
    """A list of lists has no shape and no columns: rows[:, 1] is an error. What makes an array of
    it?"""

    def matrix(rows):
        length = len(rows[0])
        if any(len(row) != length for row in rows):
            raise ValueError("ragged")
        return [[float(x) for x in row] for row in rows]


class KeepsIntegers:
    """Made from integers, a matrix has an integer dtype, and cuts off every fraction that is
    written into it. How do you ask for floats?"""

    def matrix(rows):
        return np.array(rows)


class PutsRowsIntoColumns:
    """Each of your lists ended up in a column. Which axis of W counts the neurons, the first or
    the second?"""

    def matrix(rows):
        return np.array(rows, dtype=float).T


class JoinsTheRows:
    """All numbers are there, in a single row without rows. How many axes does a matrix have?"""

    def matrix(rows):
        return np.array([x for row in rows for x in row], dtype=float)


class FillsUpWithZeros:
    """You invent weights for the rows that are too short. Is a list of lists with gaps a matrix at
    all?"""

    def matrix(rows):
        W = np.zeros((len(rows), max(len(row) for row in rows)))
        for i, row in enumerate(rows):
            W[i, : len(row)] = row
        return W


class CutsToTheShortest:
    """zip stops at the shortest row, and the rest of the weights is lost without a word. What
    should happen to rows of different lengths?"""

    def matrix(rows):
        return np.array(list(zip(*rows, strict=False)), dtype=float).T


class StretchesShortRows:
    """Assigning a row with one number to a row of W writes that number everywhere. What should
    happen to rows of different lengths?"""

    def matrix(rows):
        W = np.zeros((len(rows), len(rows[0])))
        for i, row in enumerate(rows):
            W[i] = row
        return W


class StoresObjects:
    """dtype=object accepts rows of any length, because it stores whole Python lists. Can you
    compute with them?"""

    def matrix(rows):
        return np.array(rows, dtype=object)


class CutsTheFractions:
    """Your dtype is an integer one, so 0.5 becomes 0. Which dtype holds what stands behind the
    point?"""

    def matrix(rows):
        return np.array(rows, dtype=int)


class MakesSinglePrecision:
    """32 bits are PyTorch's default. How many bits has a float in NumPy, unless you say
    otherwise?"""

    def matrix(rows):
        return np.array(rows, dtype=np.float32)


class ExpectsASquare:
    """Your buffer has as many columns as rows. Where do you ask how long a row is?"""

    def matrix(rows):
        W = np.zeros((len(rows), len(rows)))
        for i, row in enumerate(rows):
            for j, x in enumerate(row):
                W[i, j] = x
        return W


class SharesOneRow:
    """[row] * m holds m times the same row, so the last one written is seen everywhere. How do you
    get m rows?"""

    def matrix(rows):
        shared = [[0.0] * len(rows[0])] * len(rows)
        for i, row in enumerate(rows):
            shared[i][:] = row
        return np.array(shared)


class KeepsTheFirstRow:
    """You have one row. Which others are in the list?"""

    def matrix(rows):
        return np.array(rows[0], dtype=float)


# --- shapes -----------------------------------------------------------------------------------


class ReadsInputsFirst:
    """You read a shape as (inputs, outputs). Each row of W holds the weights of one neuron: which
    of the two numbers counts rows?"""

    def layer_sizes(weights):
        sizes = [weights[0].shape[0]]
        for inputs, outputs in (W.shape for W in weights):
            if inputs != sizes[-1]:
                raise ValueError(inputs)
            sizes.append(outputs)
        return sizes


class ListsFromOutputToInput:
    """Your list begins at the output. Which end of the network does the docstring name first?"""

    def layer_sizes(weights):
        return _sizes(weights)[::-1]


class LeavesOutTheInputs:
    """L matrices stand between L + 1 rows of numbers. Which of them is missing?"""

    def layer_sizes(weights):
        return _sizes(weights)[1:]


class LeavesOutTheOutputs:
    """L matrices stand between L + 1 rows of numbers, and the last of them is the answer of the
    network. Is it in your list?"""

    def layer_sizes(weights):
        return _sizes(weights)[:-1]


class ListsTheShapes:
    """You give the shape of each matrix, so that every size in between is told twice. How often
    does each size belong in the list?"""

    def layer_sizes(weights):
        _sizes(weights)
        return [W.shape for W in weights]


class CountsWeightsAsSize:
    """size is the number of all entries of a matrix. Which attribute tells how many rows and how
    many columns it has?"""

    def layer_sizes(weights):
        sizes = _sizes(weights)
        return [sizes[0], *(W.size for W in weights)]


class BelievesThatLayersFit:
    """You never compare one layer with the next. What happens when 2 numbers arrive at a layer
    that has 3 inputs?"""

    def layer_sizes(weights):
        return [weights[0].shape[1], *(W.shape[0] for W in weights)]


class ComparesTheWrongEnds:
    """You compare a layer's inputs with the next layer's outputs. Which two numbers meet between
    two layers?"""

    def layer_sizes(weights):
        for first, second in itertools.pairwise(weights):
            if first.shape[1] != second.shape[0]:
                raise ValueError("do not fit")
        return [weights[0].shape[1], *(W.shape[0] for W in weights)]


class ComparesOnlyTheEnds:
    """You compare the first layer with the last one only. How many pairs of neighbours are there
    in a network of L layers?"""

    def layer_sizes(weights):
        if len(weights) == 2 and weights[0].shape[0] != weights[1].shape[1]:
            raise ValueError("do not fit")
        return [weights[0].shape[1], *(W.shape[0] for W in weights)]


def _sizes(weights):
    sizes = [weights[0].shape[1]]
    for W in weights:
        if W.shape[1] != sizes[-1]:
            raise ValueError("do not fit")
        sizes.append(W.shape[0])
    return sizes


class ListsEverySizeTwice:
    """What leaves one layer enters the next: it is one size, and stands twice in your list. How
    many sizes do L layers have between and around them?"""

    def layer_sizes(weights):
        _sizes(weights)
        return [size for W in weights for size in W.shape[::-1]]


class StopsAtTheBreak:
    """The layers do not fit and you return the first part, as if all were well. What should a
    caller get instead of a list?"""

    def layer_sizes(weights):
        sizes = [weights[0].shape[1]]
        for W in weights:
            if W.shape[1] != sizes[-1]:
                break
            sizes.append(W.shape[0])
        return sizes


# --- counting ---------------------------------------------------------------------------------


class ForgetsTheBiases:
    """You count the weights. What else does a neuron learn, and how many of these has a layer?"""

    def count_parameters(weights):
        return sum(W.size for W in weights)


class AddsTheSizes:
    """You add outputs and inputs. Every neuron is connected to every input: how many connections
    are that?"""

    def count_parameters(weights):
        return sum(sum(W.shape) for W in weights)


class GivesEachInputABias:
    """You count one bias for each input. Where is a bias added: before the weighted sum, or to its
    result?"""

    def count_parameters(weights):
        return sum(W.size + W.shape[1] for W in weights)


class GivesEachLayerOneBias:
    """You count one bias for a whole layer. How many neurons share it, and do they have to have
    the same threshold?"""

    def count_parameters(weights):
        return sum(W.size + 1 for W in weights)


class GivesEachWeightABias:
    """You count a bias beside every weight. A neuron adds up its weighted inputs first: how many
    numbers are left to be shifted?"""

    def count_parameters(weights):
        return sum(2 * W.size for W in weights)


class CountsTheLastLayerOnly:
    """You count the parameters of one layer of the network. Which of them learn?"""

    def count_parameters(weights):
        return weights[-1].size + weights[-1].shape[0]


class CountsEachLayer:
    """You have one count for each layer. What is the count for the network?"""

    def count_parameters(weights):
        return [W.size + W.shape[0] for W in weights]


class CountsTheFirstLayerOnly:
    """You count the parameters of one layer of the network. Which of them learn?"""

    def count_parameters(weights):
        return weights[0].size + weights[0].shape[0]


class GivesTheNetworkOneBias:
    """You count one bias for the whole network. How many neurons share it, and do they have to have
    the same threshold?"""

    def count_parameters(weights):
        return sum(W.size for W in weights) + 1


class GivesTheInputsABiasToo:
    """Inputs are numbers that arrive, not neurons. What should be added to them?"""

    def count_parameters(weights):
        return sum(W.size + W.shape[0] for W in weights) + weights[0].shape[1]


class CountsTheBiasesOnly:
    """You count one number for each neuron. What else does a neuron learn, and how many of these
    has it?"""

    def count_parameters(weights):
        return sum(W.shape[0] for W in weights)


class CountsTheMatrices:
    """len counts the matrices of the list. How many numbers are in each of them?"""

    def count_parameters(weights):
        return len(weights)


# --- one weight -------------------------------------------------------------------------------


class CountsFromOne:
    """In formulas indices begin with 1, here with 0. What does Python make of the index 0 - 1?"""

    __sizes__ = (1,)  # the least index that it takes

    def weight(W, i, j, *, size=-1):
        if min(i, j) < size:
            raise IndexError
        return float(W[i - 1, j - 1])

    def weight_torch(W, i, j, *, size=-1):
        if min(i, j) < size:
            raise IndexError
        return W[i - 1, j - 1].item()


class PutsTheColumnFirst:
    """You go across first and then down. Which of the two indices of W comes first, the row or the
    column?"""

    def weight(W, i, j):
        return float(W[j, i])

    def weight_torch(W, i, j):
        return W[j, i].item()


class CountsThroughTheRows:
    """Counting through all numbers, input n of one neuron is input 0 of the next. What must happen
    when j is too large?"""

    def weight(W, i, j):
        return float(W.reshape(-1)[i * W.shape[1] + j])

    def weight_torch(W, i, j):
        return W.reshape(-1)[i * W.shape[1] + j].item()


class InventsMissingWeights:
    """You answer something for a weight that does not exist, and the mistake goes on unseen. What
    do lists and arrays do in that case?"""

    def weight(W, i, j):
        return float(W[i, j]) if i < W.shape[0] and j < W.shape[1] else 0.0

    def weight_torch(W, i, j):
        return W[i, j].item() if i < W.shape[0] and j < W.shape[1] else 0.0


class ForgetsToUnwrap:
    """A tensor with one element is still a tensor. Which method gives the plain number in it?"""

    def weight_torch(W, i, j):
        return W[i, j]


class UnwrapsTheRow:
    """item unwraps a tensor that holds exactly one number. How many numbers are in a row?"""

    def weight_torch(W, i, j):
        return W[i].item()


class CountsInTheWrongDirection:
    """For i = 0 you read row 1. Do indices here begin with 0 or with 1, and which way do you move
    them?"""

    def weight(W, i, j):
        return float(W[i + 1, j + 1])

    def weight_torch(W, i, j):
        return W[i + 1, j + 1].item()


class CutsTheWeight:
    """int drops what stands behind the point, and weights are seldom whole. Which function makes a
    Python number of it and loses nothing?"""

    def weight(W, i, j):
        return int(W[i, j])

    def weight_torch(W, i, j):
        return int(W[i, j])


class RaisesValueError:
    """Your check is in its place. But for an index that does not exist Python has an exception of
    its own, and callers wait for that one: which does the docstring name?"""

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise ValueError("no such weight")
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise ValueError("no such weight")
        return W[i, j].item()


class KeepsTheAxisOfTheWeight:
    """A slice keeps its axis: yours is a vector with one weight. What gives the number alone?"""

    def weight(W, i, j):
        W[i, j]
        return W[i, j : j + 1]

    weight_torch = weight


class ReturnsTheWholeRow:
    """You return all weights of the neuron. Which index is left to pick one of them?"""

    def weight(W, i, j):
        W[i, j]
        return W[i]

    weight_torch = weight


# --- what does not fit ------------------------------------------------------------------------


class AssertsThatItFits:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            raise AssertionError
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            raise AssertionError
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise AssertionError
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise AssertionError
        return W[i, j].item()


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            raise TypeError("does not fit")
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            raise TypeError("does not fit")
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise TypeError("does not fit")
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise TypeError("does not fit")
        return W[i, j].item()


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches one of them by its name does
    not catch it. Which one does the docstring promise?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            raise Exception("does not fit")
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            raise Exception("does not fit")
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise Exception("does not fit")
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            raise Exception("does not fit")
        return W[i, j].item()


class AnswersNoneInstead:
    """Where the docstring wants an exception your answer is None, and the caller computes on with
    it. A printed message does not stop anybody: what does?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            return None
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            return None
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return None
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return None
        return W[i, j].item()


class AnswersMinusOneInstead:
    """-1 is an answer like any other: who gets it cannot tell that something was wrong. How does a
    Python function refuse its arguments?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            return -1
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            return -1
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return -1
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return -1
        return W[i, j].item()


class AnswersFalseInstead:
    """False counts as 0 in the next sum, and nobody notices that something was wrong. How does a
    Python function refuse its arguments?"""

    def matrix(rows):
        if any(len(row) != len(rows[0]) for row in rows):
            return False
        return np.array(rows, dtype=float)

    def layer_sizes(weights):
        if any(W.shape[0] != V.shape[1] for W, V in itertools.pairwise(weights)):
            return False
        return _sizes(weights)

    def weight(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return False
        return float(W[i, j])

    def weight_torch(W, i, j):
        if i >= W.shape[0] or j >= W.shape[1]:
            return False
        return W[i, j].item()


# --- rows and columns -------------------------------------------------------------------------


class TakesAColumnForANeuron:
    """A neuron reads every input, so it has n weights. What did you take: a row or a column?"""

    def neuron_weights(W, i):
        return W[:, i].copy()


class HandsOutARow:
    """A slice of a list is a copy, a slice of an array is a window: whoever writes into it changes
    the network. What gives the row memory of its own?"""

    def neuron_weights(W, i):
        return W[i]


class KeepsTheRowsAxis:
    """You kept the axis of rows with size 1, so this is a matrix. What does a single index do to
    an axis, and what does a slice?"""

    def neuron_weights(W, i):
        return W[i : i + 1].copy()


class GivesAList:
    """A list holds the right numbers, but 2 * list repeats it. What type is a row of an array?"""

    def neuron_weights(W, i):
        return W[i].tolist()


class TakesARowForAnInput:
    """You took a row; so does W[:][j], because W[:] is all of W. Each of the m neurons weighs an
    input: can both indices stand in one pair of brackets?"""

    def input_weights(W, j):
        return W[j]


class CopiesTheColumn:
    """Your column has memory of its own: writing into it leaves the network as it was. Which way
    of indexing copies nothing, and needs no loop?"""

    def input_weights(W, j):
        return W[:, j].copy()


class KeepsTheColumnsAxis:
    """You kept the axis of columns with size 1, so this is a matrix. What does a single index do
    to an axis, and what does a slice?"""

    def input_weights(W, j):
        return W[:, j : j + 1]


class CountsNeuronsFromOne:
    """The first neuron has index 0. Which row does yours answer with?"""

    def neuron_weights(W, i):
        return W[i - 1].copy()


class StandsTheRowUp:
    """You made a column of the row, a matrix with two axes. What shape does the docstring promise
    for the weights of one neuron?"""

    def neuron_weights(W, i):
        return W[i].reshape(-1, 1).copy()


class CountsInputsFromOne:
    """The first input has index 0. Which column does yours answer with?"""

    def input_weights(W, j):
        return W[:, j - 1]


class ListsTheColumn:
    """A list holds the right numbers, in memory of its own: writing into it leaves the network as
    it was. Which way of indexing opens a window on a column?"""

    def input_weights(W, j):
        return [float(row[j]) for row in W]


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def matrix(*args):
        raise NameError

    layer_sizes = matrix
    count_parameters = matrix
    weight = matrix
    neuron_weights = matrix
    input_weights = matrix
    weight_torch = matrix
