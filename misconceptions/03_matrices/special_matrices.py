"""Wrong ideas about the identity, diagonal matrices and zeros."""

import numpy as np

# --- the identity -----------------------------------------------------------------------------


class FillsWithOnes:
    """A matrix of ones gives the sum of all inputs to every output, and [row] * n is n times the
    same row, filled once. Where must a 1 stand so that each output gets its own input only?"""

    def identity(n):
        return np.ones((n, n))

    def identity_torch(n):
        import torch

        return torch.ones(n, n)


class MakesAVectorOfOnes:
    """A vector of ones has the diagonal but not the zeros around it. How many axes does a matrix
    have?"""

    def identity(n):
        return np.ones(n)

    def identity_torch(n):
        import torch

        return torch.ones(n)


class UsesTheOtherDiagonal:
    """Your ones run from the top right to the bottom left: that reverses x. Which input should
    output 0 get?"""

    def identity(n):
        return np.eye(n)[::-1]

    def identity_torch(n):
        import torch

        return torch.eye(n).flip(0)


class CountsAlongTheDiagonal:
    """Your diagonal counts upward, so each input is scaled differently. By which factor does a
    number stay what it is?"""

    def identity(n):
        return np.diag(np.arange(1.0, n + 1))

    def identity_torch(n):
        import torch

        return torch.diag(torch.arange(1.0, n + 1))


class FillsWithZeros:
    """Zeros everywhere lose the input. Which entries have to be 1?"""

    def identity(n):
        return np.zeros((n, n))

    def identity_torch(n):
        import torch

        return torch.zeros(n, n)


class SetsOneCorner:
    """Only the first number gets through. What about the other rows?"""

    def identity(n):
        eye = np.zeros((n, n))
        eye[0, 0] = 1.0
        return eye


class MakesIntegers:
    """Your ones and zeros are integers, and cut off every fraction that is written among them. How
    do you ask for floats?"""

    def identity(n):
        return np.eye(n, dtype=int)


class MakesDoublePrecision:
    """NumPy's floats have 64 bits, and a layer's weights refuse them. How many bits has a float in
    PyTorch, unless you say otherwise?"""

    def identity_torch(n):
        import torch

        return torch.from_numpy(np.eye(n))


class MakesIntegerTensors:
    """A tensor of integers does not fit the weights of a layer. Which dtype was asked for?"""

    def identity_torch(n):
        import torch

        return torch.tensor([[int(i == j) for j in range(n)] for i in range(n)])


class MakesNestedLists:
    """The numbers are right, but lists have no @ and no shape. What makes a matrix of them?"""

    def identity(n):
        return [[float(i == j) for j in range(n)] for i in range(n)]

    identity_torch = identity


class ShiftsTheDiagonal:
    """Your ones stand beside the diagonal, so every number moves one place on. Which entries have
    equal row and column numbers?"""

    def identity(n):
        return np.eye(n, k=1)

    def identity_torch(n):
        import torch

        return torch.ones(n, n).triu(1).tril(1)


class MakesARowOfIt:
    """n times n numbers are there, in one line. How many axes does a matrix have?"""

    def identity(n):
        return np.eye(n).reshape(-1)

    def identity_torch(n):
        import torch

        return torch.eye(n).reshape(-1)


class FillsATriangle:
    """Row i of yours adds up the first inputs. Which single input should output i get?"""

    def identity(n):
        return np.tri(n)

    def identity_torch(n):
        import torch

        return torch.ones(n, n).tril()


class MakesOneRowMore:
    """Your matrix has n + 1 rows and columns. How many numbers should it take and give?"""

    def identity(n):
        return np.eye(n + 1)

    def identity_torch(n):
        import torch

        return torch.eye(n + 1)


class StaysInNumPy:
    """The numbers are right, but this is still an array of NumPy's. Which library should the result
    belong to?"""

    def identity_torch(n):
        return np.eye(n, dtype=np.float32)


# --- scaling ----------------------------------------------------------------------------------


class SwapsLeftAndRight:
    """You scale columns where rows were asked for, and rows for columns. On which side of W does
    diag(g) stand if it is to act on the outputs?"""

    def scale_rows(W, g):
        return W * g

    def scale_columns(W, g):
        return g.reshape(-1, 1) * W

    def scale_rows_torch(W, g):
        return W * g


class ScalesColumnsAlways:
    """Factors of shape (m,) meet W along its last axis, the columns; with a square W nothing warns
    you. How can each factor stand beside its row?"""

    def scale_rows(W, g):
        return W * g

    def scale_rows_torch(W, g):
        return W * g


class MultipliesEntryByEntry:
    """With * the zeros of diag(g) meet the entries of W one by one and wipe them out. Which
    product applies a matrix?"""

    def scale_rows(W, g):
        return np.diag(g) * W

    def scale_columns(W, g):
        return W * np.diag(g)

    def scale_rows_torch(W, g):
        import torch

        return torch.diag(g) * W


class AddsTheFactors:
    """You add g to the rows. A diagonal matrix cannot shift a number: what does it do to it?"""

    def scale_rows(W, g):
        return W + g.reshape(-1, 1)

    def scale_columns(W, g):
        return W + g

    def scale_rows_torch(W, g):
        return W + g.reshape(-1, 1)


class DividesByTheFactors:
    """You divide by g. That undoes a scaling: which operation is asked for?"""

    def scale_rows(W, g):
        return W / g.reshape(-1, 1)

    def scale_columns(W, g):
        return W / g

    def scale_rows_torch(W, g):
        return W / g.reshape(-1, 1)


class UsesTheFirstFactor:
    """Every row gets the same factor from you. How many factors are in g, and whose are they?"""

    def scale_rows(W, g):
        return g[0] * W

    def scale_columns(W, g):
        return g[0] * W

    def scale_rows_torch(W, g):
        return g[0] * W


class SumsTheRow:
    """You have one number for each row, so you went on to a product with a vector. What shape has
    a scaled matrix?"""

    def scale_rows(W, g):
        return (g.reshape(-1, 1) * W).sum(axis=1)

    def scale_columns(W, g):
        return (W * g).sum(axis=1)

    def scale_rows_torch(W, g):
        return (g.reshape(-1, 1) * W).sum(dim=1)


class WritesIntoTheMatrix:
    """*= changes the caller's matrix, and fails for integers. How do you get the product in a new
    array?"""

    def scale_rows(W, g):
        W *= g.reshape(-1, 1)
        return W

    def scale_columns(W, g):
        W *= g
        return W

    def scale_rows_torch(W, g):
        W *= g.reshape(-1, 1)
        return W


class LoopsOverTheColumns:
    """Your loop goes over range(n), where n is the number of inputs. How many rows has W, and what
    if there are more of them, or fewer?"""

    def scale_rows(W, g):
        scaled = W.astype(float)
        for i in range(W.shape[1]):
            scaled[i] = g[i] * W[i]
        return scaled


class TruncatesToIntegers:
    """You fill a buffer made like W, and if W holds integers, so does the buffer. What happens to
    half of an odd number there?"""

    def scale_rows(W, g):
        scaled = np.zeros_like(W)
        for i in range(W.shape[0]):
            scaled[i] = g[i] * W[i]
        return scaled

    def scale_columns(W, g):
        scaled = np.zeros_like(W)
        for j in range(W.shape[1]):
            scaled[:, j] = g[j] * W[:, j]
        return scaled


class AppliesTheDiagonalOnTheOtherSide:
    """diag(g) stands on the other side of W than the docstring has it, and unless W is square it
    does not even fit. Which side acts on rows, and which on columns?"""

    def scale_rows(W, g):
        return W @ np.diag(g)

    def scale_columns(W, g):
        return np.diag(g) @ W

    def scale_rows_torch(W, g):
        import torch

        return W @ torch.diag(g)


class AddsUpTheScaledRows:
    """You have one number for each column: the scaled rows are added up. Which shape does the
    docstring promise?"""

    def scale_rows(W, g):
        return g @ W

    def scale_rows_torch(W, g):
        return g @ W


class ScalesACopyOfIntegers:
    """*= keeps the dtype of its left side. A copy of integers holds integers: what happens to
    halves, and which expression chooses a dtype that fits?"""

    def scale_rows(W, g):
        scaled = W.copy()
        scaled *= g[:, None]
        return scaled

    def scale_columns(W, g):
        scaled = W.copy()
        scaled *= g
        return scaled


class CollectsAList:
    """The rows are right, but they lie in a Python list. What makes one matrix of them?"""

    def scale_rows(W, g):
        return [factor * row for factor, row in zip(g, W, strict=True)]

    def scale_columns(W, g):
        return [row * g for row in W]

    scale_rows_torch = scale_rows


class ReturnsTheDiagonalMatrix:
    """You have built diag(g). What should it be multiplied by?"""

    def scale_rows(W, g):
        return np.diag(g)

    scale_columns = scale_rows

    def scale_rows_torch(W, g):
        import torch

        return torch.diag(g)


# --- the diagonal -----------------------------------------------------------------------------


class ReturnsTheIdentity:
    """Your diagonal holds ones, whatever W holds there. What must each of them be multiplied
    by?"""

    def keep_diagonal(W):
        return np.eye(len(W))


class SetsTheRestToOne:
    """Beside the diagonal you have ones. What should be there?"""

    def keep_diagonal(W):
        return np.where(np.eye(len(W), dtype=bool), W, 1.0)


class SpreadsTheDiagonal:
    """* lays the diagonal along every row. At which single place should W[i, i] stand in row i?"""

    def keep_diagonal(W):
        return np.ones(W.shape) * np.diag(W)


class DropsTheSigns:
    """A negative entry of the diagonal has lost its sign. Which step of yours changes it?"""

    def keep_diagonal(W):
        return np.abs(np.diag(np.diag(W)))


class ReadsTheDiagonal:
    """np.diag reads a vector from a matrix, and makes a matrix from a vector. Which of the two
    have you done so far?"""

    def keep_diagonal(W):
        return np.diag(W)


class RemovesTheDiagonal:
    """You kept everything else. Which entries should be 0?"""

    def keep_diagonal(W):
        return W - np.diag(np.diag(W))


class KeepsTheUpperHalf:
    """Above the diagonal nothing was removed. How many entries of an (n, n) matrix may be left?"""

    def keep_diagonal(W):
        return np.triu(W)


class KeepsTheLowerHalf:
    """Below the diagonal nothing was removed. How many entries of an (n, n) matrix may be left?"""

    def keep_diagonal(W):
        return np.tril(W)


class KeepsTheOtherDiagonal:
    """You walk from the top right to the bottom left. Which entries have equal row and column
    numbers?"""

    def keep_diagonal(W):
        return np.diag(np.diag(W[:, ::-1]))[:, ::-1]


class ReturnsTheTrace:
    """The sum of the diagonal is called the trace. Here every entry should keep its place: what
    shape has the result?"""

    def keep_diagonal(W):
        return np.trace(W)


class AppliesTheIdentity:
    """With @ the identity does what 1 does: W comes back as it was. Which product lets the zeros
    of I wipe out entries?"""

    def keep_diagonal(W):
        return W @ np.eye(len(W))


class WipesTheCallersMatrix:
    """You write zeros into the matrix that the caller still needs. Where could the diagonal go
    instead?"""

    def keep_diagonal(W):
        W[~np.eye(len(W), dtype=bool)] = 0.0
        return W


# --- zeros ------------------------------------------------------------------------------------


class PassesTwoSizes:
    """The second argument of np.zeros is a dtype, not a size. In how many arguments does NumPy
    take a shape?"""

    def zero_layer(outputs, inputs):
        return np.zeros(outputs, inputs), np.zeros(outputs)


class PutsInputsFirst:
    """Your matrix has a row for each input. What does a row of W belong to?"""

    def zero_layer(outputs, inputs):
        return np.zeros((inputs, outputs)), np.zeros(outputs)


class GivesEachInputABias:
    """You made a bias for each input. What is a bias added to, an input or the answer of a
    neuron?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs)), np.zeros(inputs)


class StandsTheBiasUp:
    """Your bias is a matrix with one column. The answers of a layer are a vector: which shape must
    the bias have to be added to it?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs)), np.zeros((outputs, 1))


class SharesOneBias:
    """You made a single bias for the whole layer. How many neurons need one of their own?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs)), 0.0


class ForgetsTheBias:
    """You made the weights. What else does a layer add, and what must it be for the answer to be
    0?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs))


class StartsTheBiasAtOne:
    """With W = 0 a layer answers its bias. What should it answer?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs)), np.ones(outputs)


class MakesLists:
    """Nested lists of zeros have no shape, and copies of a row made with * are all one row. What
    does NumPy offer?"""

    def zero_layer(outputs, inputs):
        return [[0.0] * inputs] * outputs, [0.0] * outputs


class LaysTheBiasDown:
    """Your bias is a matrix with one row. The answers of a layer are a vector: which shape must the
    bias have to be added to it?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs)), np.zeros((1, outputs))


class ReturnsTheBiasFirst:
    """Both are there, in the other order. Which of the two does the docstring name first?"""

    def zero_layer(outputs, inputs):
        return np.zeros(outputs), np.zeros((outputs, inputs))


class ReturnsAList:
    """Weights and biases are right, in a list. The docstring promises a tuple: how is one
    written?"""

    def zero_layer(outputs, inputs):
        return [np.zeros((outputs, inputs)), np.zeros(outputs)]


class PutsTheBiasIntoTheMatrix:
    """Your matrix has a column more, for the bias. How many numbers does x bring to it, and where
    does the docstring keep b?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, inputs + 1)), np.zeros(outputs)


class StartsTheWeightsAtOne:
    """With ones the layer answers the sum of its inputs. What should it answer?"""

    def zero_layer(outputs, inputs):
        return np.ones((outputs, inputs)), np.zeros(outputs)


class MakesASquareLayer:
    """Your matrix is square. How many rows and how many columns does it need?"""

    def zero_layer(outputs, inputs):
        return np.zeros((outputs, outputs)), np.zeros(outputs)


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def identity(*args):
        raise NameError

    scale_rows = identity
    scale_columns = identity
    keep_diagonal = identity
    zero_layer = identity
    identity_torch = identity
    scale_rows_torch = identity
