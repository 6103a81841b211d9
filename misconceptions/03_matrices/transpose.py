"""Wrong ideas about transposing: matrices, vectors and batches."""

import numpy as np

# --- a matrix ---------------------------------------------------------------------------------


class ReshapesInstead:
    """The shape is right, but the numbers are still in the same line, cut in other places. Where
    should the second number of the first row be?"""

    def transpose(W):
        return W.reshape(W.shape[::-1])

    def transposed_copy(W):
        return W.reshape(W.shape[::-1]).copy()

    def transpose_torch(W):
        return W.reshape(W.shape[1], W.shape[0])


class NamesTheAxesAsInPyTorch:
    """PyTorch takes two axes to be swapped. NumPy's transpose takes the new order of all axes:
    what does the order (0, 1) say?"""

    def transpose(W):
        return W.transpose(tuple(range(W.ndim)))

    def transposed_copy(W):
        return W.transpose(0, 1).copy()


class TurnsByAQuarter:
    """You rotate the matrix, so one of the orders is reversed. Which entries must stay where they
    are when rows and columns are swapped?"""

    def transpose(W):
        return np.rot90(W) if W.ndim > 1 else W

    def transposed_copy(W):
        return np.rot90(W).copy()

    def transpose_torch(W):
        return W.rot90()


class MirrorsAtTheOtherDiagonal:
    """You mirror at the diagonal from the top right to the bottom left. Where does W[0, 0] go in a
    transpose?"""

    def transpose(W):
        return W[::-1, ::-1].T if W.ndim > 1 else W

    def transposed_copy(W):
        return W[::-1, ::-1].T.copy()

    def transpose_torch(W):
        return W.flip(0, 1).T


class ReversesTheRows:
    """You reverse the order of the rows, which keeps the shape. What shape has the transpose of a
    (2, 3) matrix?"""

    def transpose(W):
        return W[::-1] if W.ndim > 1 else W

    def transposed_copy(W):
        return W[::-1].copy()

    def transpose_torch(W):
        return W.flip(0)


class CopiesTheTranspose:
    """Your transpose has memory of its own, so W never hears of a change. Is there a way to read
    the same memory in another order?"""

    def transpose(W):
        return W.T.copy()


class CollectsTheColumns:
    """You collect the columns of W one by one, and a vector has none. Which expression swaps the
    axes of any array without copying?"""

    def transpose(W):
        return np.array([W[:, j] for j in range(W.shape[1])])


class ReversesTheColumns:
    """You mirror each row, which keeps the shape. What shape has the transpose of a (2, 3)
    matrix?"""

    def transpose(W):
        return W[:, ::-1] if W.ndim > 1 else W

    def transposed_copy(W):
        return W[:, ::-1].copy()

    def transpose_torch(W):
        return W.flip(1)


class FlipsTheSigns:
    """The places are right, the signs are not. Does a transpose change any number?"""

    def transpose(W):
        return -W.T

    def transposed_copy(W):
        return -W.T

    def transpose_torch(W):
        return -W.T


# --- a copy -----------------------------------------------------------------------------------


class TakesTheWindowForACopy:
    """Write into your result and look at W. What has to follow the transpose to get new memory?"""

    def transposed_copy(W):
        return W.T


class CountsOnTheReordering:
    """ascontiguousarray copies only if the numbers lie in another order. Do they, if W has a
    single row, or is stored column by column?"""

    def transposed_copy(W):
        return np.ascontiguousarray(W.T)


class CopiesWithoutTransposing:
    """You have a copy. What else was asked for?"""

    def transposed_copy(W):
        return W.copy()


class SwapsInPlace:
    """You write into W while you still read from it: the caller's matrix changes, and swapping
    each pair twice undoes it. Where should the new entries go?"""

    def transposed_copy(W):
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                W[i, j], W[j, i] = W[j, i], W[i, j]
        return W


class KeepsTheOldShape:
    """Your buffer has the shape of W. Which shape must it have so that T[j, i] exists for all j
    and i?"""

    def transposed_copy(W):
        T = np.zeros_like(W)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                T[j, i] = W[i, j]
        return T


class FillsAFloatBuffer:
    """np.zeros makes floats, whatever W holds. How does a buffer get the dtype of W?"""

    def transposed_copy(W):
        T = np.zeros(W.shape[::-1])
        for i in range(W.shape[0]):
            T[:, i] = W[i]
        return T


class MakesNestedLists:
    """Lists inside a list have no shape, and T[:, 1] is an error. What makes an array of them?"""

    def transposed_copy(W):
        return W.T.tolist()


class ZipsTuples:
    """zip gives tuples, which have no shape and no columns. What makes an array of them?"""

    def transposed_copy(W):
        return list(zip(*W, strict=True))


class ExpectsASquare:
    """Your buffer has as many columns as rows. What are the sizes of the transpose of a (2, 3)
    matrix?"""

    def transposed_copy(W):
        T = np.zeros((len(W), len(W)))
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                T[j, i] = W[i, j]
        return T


class CutsTheEntries:
    """An integer dtype drops what stands behind the point. Which dtype has W?"""

    def transposed_copy(W):
        return W.T.astype(int)


class AnswersWithARowOfNumbers:
    """All numbers are there, in one line. How many axes has a transpose?"""

    def transposed_copy(W):
        return W.T.reshape(-1).copy()


# --- a vector ---------------------------------------------------------------------------------


class StandsVectorsUp:
    """On paper a transposed row is a column. In code a vector has one axis: is there anything to
    swap it with?"""

    def transpose(W):
        return W.T if W.ndim > 1 else W.reshape(-1, 1)


class LaysVectorsDown:
    """You turn a vector into a matrix with one row. In code a vector has one axis: is there
    anything to swap it with?"""

    def transpose(W):
        return W.T if W.ndim > 1 else W.reshape(1, -1)


class ReversesVectors:
    """You reverse the order of the components. Which two axes of a vector would be swapped by a
    transpose?"""

    def transpose(W):
        return W.T if W.ndim > 1 else W[::-1]


class NeedsTwoAxes:
    """Swapping axes 0 and 1 is an error if there is no axis 1. What is the transpose of a
    vector?"""

    def transpose(W):
        return np.swapaxes(W, 0, 1)


class TransposesTheVector:
    """Look at the shape of v.T: with one axis, a transpose does nothing. How does an array get a
    second axis?"""

    def column(v):
        return v.T


class MakesARow:
    """Shape (1, n) is a row. On which side of n does the 1 belong in a column?"""

    def column(v):
        return v.reshape(1, -1)


class MakesAListOfLists:
    """Brackets around every number make lists. What makes an array with two axes from a vector?"""

    def column(v):
        return [[x] for x in v.tolist()]


class RepeatsTheVector:
    """You have n columns. How many does a vector that stands upright have?"""

    def column(v):
        return np.tile(v.reshape(-1, 1), (1, len(v)))


class MakesAFloatColumn:
    """Your column is made of floats, whatever the vector holds. Does a new axis need new
    numbers?"""

    def column(v):
        column = np.zeros((len(v), 1))
        column[:, 0] = v
        return column


class ReshapesToThree:
    """Your column has three entries for every vector. Where does the number of its rows come
    from?"""

    def column(v):
        return v.reshape(3, 1)


class PutsThemOnTheDiagonal:
    """You have a square matrix with zeros around the numbers. How many columns does a vector that
    stands upright have?"""

    def column(v):
        return np.diag(v)


class AddsTwoAxes:
    """One axis too many: (1, n, 1) or (n, 1, 1). How many axes has a matrix?"""

    def column(v):
        return v.reshape(1, -1, 1)


class TurnsTheColumnOver:
    """The last number stands on top. In which order are they asked for?"""

    def column(v):
        return v[::-1, None]


# --- a batch ----------------------------------------------------------------------------------


class ReversesAllAxes:
    """.T reverses the order of all axes, so the samples end up last. Which two axes belong to one
    matrix?"""

    def transpose_each(batch):
        return batch.T

    def transpose_each_torch(batch):
        return batch.permute(tuple(range(batch.ndim))[::-1])


class SwapsTheFirstTwoAxes:
    """You swap the first two axes, which mixes samples with rows. At which end of the shape are
    the two axes of one matrix?"""

    def transpose_each(batch):
        return np.swapaxes(batch, 0, 1)

    def transpose_each_torch(batch):
        return batch.transpose(0, 1)


class SwapsTheOuterAxes:
    """You swap the first axis with the last one, so columns take the place of samples. Which axis
    counts samples, and where should it stay?"""

    def transpose_each(batch):
        return np.swapaxes(batch, 0, -1)

    def transpose_each_torch(batch):
        return batch.transpose(0, -1)


class CountsAxesFromTheLeft:
    """Axes 1 and 2 are the last two only if there are three. How do you count axes from the other
    end?"""

    def transpose_each(batch):
        return batch.swapaxes(1, 2)

    def transpose_each_torch(batch):
        return batch.transpose(1, 2)


class ReshapesTheBatch:
    """The shape is right, but each matrix was only cut in other places. What must happen to the
    second number of its first row?"""

    def transpose_each(batch):
        return batch.reshape(*batch.shape[:-2], batch.shape[-1], batch.shape[-2])

    def transpose_each_torch(batch):
        return batch.reshape(*batch.shape[:-2], batch.shape[-1], batch.shape[-2])


class LoopsOverOneAxis:
    """You transpose what is at each index of the first axis. Is that one matrix, if there are two
    or four axes?"""

    def transpose_each(batch):
        return np.stack([W.T for W in batch])

    def transpose_each_torch(batch):
        import torch

        return torch.stack([W.permute(tuple(range(W.ndim))[::-1]) for W in batch])


class PermutesThreeAxes:
    """(0, 2, 1) is an order for three axes, and an error for two or four. How do you name the last
    two, however many stand before them?"""

    def transpose_each(batch):
        return batch.transpose(0, 2, 1)

    def transpose_each_torch(batch):
        return batch.permute(0, 2, 1)


class MovesTheFirstAxisToTheEnd:
    """You move the samples to the end, and keep rows before columns. Which axis counts samples, and
    where should it stay?"""

    def transpose_each(batch):
        return np.moveaxis(batch, 0, -1)

    def transpose_each_torch(batch):
        return batch.movedim(0, -1)


class MovesTheLastAxisToTheFront:
    """You move the columns to the front, before the samples. Which axis counts samples, and where
    should it stay?"""

    def transpose_each(batch):
        return np.moveaxis(batch, -1, 0)

    def transpose_each_torch(batch):
        return batch.movedim(-1, 0)


class KeepsAList:
    """The matrices are right, but they lie in a Python list. What makes one array of them?"""

    def transpose_each(batch):
        return [W.T for W in batch]

    def transpose_each_torch(batch):
        return [W.mT for W in batch]


class LeavesTheBatchAlone:
    """You hand the batch back as it came. What should happen to each of its matrices?"""

    def transpose_each(batch):
        return batch

    transpose_each_torch = transpose_each


class TransposesTheFirstOnly:
    """You have one transposed matrix. How many are in the batch?"""

    def transpose_each(batch):
        return batch[0].T

    def transpose_each_torch(batch):
        return batch[0].permute(tuple(range(batch.ndim - 1))[::-1])


# --- PyTorch ----------------------------------------------------------------------------------


class NamesTheAxesAsInNumPy:
    """NumPy's transpose takes the new order of axes, PyTorch's the two axes to be swapped. What
    does swapping axis 0 with itself do?"""

    def transpose_torch(W):
        return W.transpose(0, 0)


class ClonesTheTranspose:
    """contiguous and clone move the numbers into new memory, so W never hears of a change. What
    does .T alone do?"""

    __sizes__ = (1,)  # contiguous, which copies only what is out of order

    def transpose_torch(W, *, size=0):
        return W.T.contiguous() if size else W.T.clone()


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def transpose(*args):
        raise NameError

    transposed_copy = transpose
    column = transpose
    transpose_each = transpose
    transpose_torch = transpose
    transpose_each_torch = transpose
