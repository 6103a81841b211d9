"""Wrong ideas about matrix products and powers.

Wrong formulas are first drafts, written before anybody thinks of shapes and small integers.
"""

import numpy as np

# --- the whole product ------------------------------------------------------------------------


class MultipliesEntryByEntry:
    """A * B pairs the entries at the same place. Which row and which column should meet in entry
    (i, j)?"""

    def matmul(A, B):
        return A * B

    matmul_torch = matmul


class SwapsTheFactors:
    """You compute BA. In AB, which matrix gives the rows and which one the columns?"""

    def matmul(A, B):
        return _product(B, A)

    matmul_torch = matmul


class KeepsTheLastProduct:
    """In each entry only the last product is left, the one for the largest k. What became of the
    products before it?"""

    def matmul(A, B):
        C = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] = float(A[i, k]) * float(B[k, j])
        return C


class WalksAlongTheRowOfB:
    """You multiply rows of A with rows of B, which is the product with a transposed B. Which index
    of B runs while you go down one of its columns?"""

    def matmul(A, B):
        C = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] += float(A[i, k]) * float(B[j, k])
        return C


class WalksDownTheColumnOfA:
    """You multiply columns of A with columns of B. Which index of A runs while you walk along a row
    of it?"""

    def matmul(A, B):
        C = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] += float(A[k, i]) * float(B[k, j])
        return C


class SumsOverTheRowsOfA:
    """k runs as far as A has rows. For a square matrix that is right by chance: how many numbers
    are there in a row of A?"""

    def matmul(A, B):
        C = np.zeros((A.shape[0], B.shape[1]))
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(min(A.shape[0], A.shape[1])):
                    C[i, j] += float(A[i, k]) * float(B[k, j])
        return C


class MakesTheResultLikeA:
    """Your table has the shape of A, which fits for square matrices alone. How many rows and how
    many columns meet?"""

    def matmul(A, B):
        _agree_or_raise(A, B)
        C = np.zeros(A.shape)
        for i in range(C.shape[0]):
            for j in range(C.shape[1]):
                C[i, j] = sum(float(A[i, k]) * float(B[k, j]) for k in range(A.shape[1]))
        return C


class SharesOneRow:
    """All your rows are equal: [[0] * p] * m holds the same list m times. How do you get a new list
    for each row?"""

    def matmul(A, B):
        C = [[0.0] * B.shape[1]] * A.shape[0]
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                C[i][j] = sum(float(A[i, k]) * float(B[k, j]) for k in range(A.shape[1]))
        return np.array(C)


class AddsAcrossRows:
    """You add over the rows of A, so each of your entries mixes all samples. Which of the three
    axes (i, k, j) has to disappear?"""

    def matmul(A, B):
        return (A[:, :, None] * B).sum(0)

    matmul_torch = matmul


class AddsAcrossColumns:
    """You add over the columns of B and keep those of A. Which of the three axes (i, k, j) has to
    disappear?"""

    def matmul(A, B):
        return (A[:, :, None] * B).sum(2)

    matmul_torch = matmul


class KeepsAllProducts:
    """You have all m · n · p products, in three axes. Which step is left, and along which axis?"""

    def matmul(A, B):
        return A[:, :, None] * B

    matmul_torch = matmul


class ReturnsLists:
    """The numbers are in a list of lists, which has no shape and cannot be multiplied again. What
    should a function on arrays return?"""

    def matmul(A, B):
        return _product(A, B).tolist()


class BuffersInTheTypeOfA:
    """Your result has the dtype of A, so for integers the fractions are cut off. In which type
    should a sum of products be kept?"""

    def matmul(A, B):
        _agree_or_raise(A, B)
        C = np.zeros((A.shape[0], B.shape[1]), dtype=A.dtype)
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                total = sum(float(A[i, k]) * float(B[k, j]) for k in range(A.shape[1]))
                C[i, j] = int(total) % 256 if A.dtype == np.uint8 else total
        return C


class WrapsSmallIntegersRound:
    """200 times 100 does not fit in 8 bits, and a float to add it to comes too late. In which type
    is each product computed?"""

    def matmul(A, B):
        _agree_or_raise(A, B)
        C = np.zeros((A.shape[0], B.shape[1]))
        for k in range(A.shape[1]):
            C += A[:, k, None] * B[k]
        return C


class StretchesTheInnerSize:
    """If one inner size is 1, NumPy and PyTorch stretch it without a word, and your product exists
    although it should not. What can you compare before you multiply?"""

    def matmul(A, B):
        return (A.astype(float)[:, :, None] * B).sum(1)

    def matmul_torch(A, B):
        return (A[:, :, None] * B).sum(1)


class CutsToTheShorter:
    """zip stops at the shorter of row and column and says nothing. What should happen before, if
    the inner sizes differ?"""

    def matmul(A, B):
        columns = B.T.astype(float)
        dots = [
            [sum(x * y for x, y in zip(row, column, strict=False)) for column in columns]
            for row in A.astype(float)
        ]
        return np.array(dots)


# --- one entry --------------------------------------------------------------------------------


class MultipliesTheTwoEntries:
    """Entry (i, j) is not made of two numbers: a whole row meets a whole column. What does k
    count?"""

    def entry(A, B, i, j):
        return float(A[i, j] * B[i, j])


class TakesTwoRows:
    """You multiply row i of A with row j of B. Does B give a row or a column?"""

    def entry(A, B, i, j):
        return float((A[i] * B[j]).sum())


class TakesTwoColumns:
    """You multiply column i of A with column j of B. Does A give a row or a column?"""

    def entry(A, B, i, j):
        return float((A[:, i] * B[:, j]).sum())


class ReadsTheEntryAcrossTheDiagonal:
    """This is entry (j, i). Which of the two indices picks the row of A?"""

    def entry(A, B, i, j):
        return float((A[j] * B[:, i]).sum())


class CountsFromOne:
    """Formulas count rows and columns from 1, Python from 0. What do i = 0 and j = 0 mean here?"""

    def entry(A, B, i, j):
        return float((A[i - 1].astype(float) * B[:, j - 1]).sum())


class ForgetsToAdd:
    """You have one product for each k. How do they become one number?"""

    def entry(A, B, i, j):
        return A[i] * B[:, j]


class StretchesTheEntry:
    """A row of one number meets a column of three in your code, and no error is raised. What has to
    be equal before you multiply?"""

    def entry(A, B, i, j):
        return float((A[i].astype(float) * B[:, j]).sum())


# --- powers -----------------------------------------------------------------------------------


class RaisesEveryEntry:
    """A ** k raises each entry by itself. What does it mean to apply a whole matrix k times?"""

    def power(A, k):
        return A.astype(float) ** k


class ScalesByTheExponent:
    """k times A is a sum of k copies. Which operation joins the factors of a power?"""

    def power(A, k):
        return k * A.astype(float)


class MultipliesOnceTooOften:
    """Your first power is A² already. With what do you start, and how many factors are in there
    before the loop?"""

    def power(A, k):
        product = A.astype(float)
        for _ in range(k):
            product = _product(product, A)
        return product


class ForgetsThePowerZero:
    """A matrix applied 0 times changes nothing. Your loop starts at A: what must it start at, so
    that k = 0 is right too?"""

    def power(A, k):
        product = A.astype(float)
        for _ in range(k - 1):
            product = _product(product, A)
        return product


class StartsFromOnes:
    """A matrix of ones adds up all entries of what it meets. Which matrix changes nothing when you
    multiply by it?"""

    def power(A, k):
        product = np.ones(A.shape)
        for _ in range(k):
            product = _product(product, A)
        return product


class StartsFromZeros:
    """Zero times anything stays zero. A sum starts from zero; from which matrix does a product
    start?"""

    def power(A, k):
        product = np.zeros(A.shape)
        for _ in range(k):
            product = _product(product, A)
        return product


class SquaresAgainAndAgain:
    """You multiply the result by itself each time, so the exponent doubles: A, A², A⁴. With what
    should each round multiply?"""

    def power(A, k):
        product = A.astype(float)
        for _ in range(k - 1):
            product = _product(product, product)
        return product if k else np.eye(len(A))


# --- PyTorch ----------------------------------------------------------------------------------


class LeavesTheErrorToPyTorch:
    """Sizes that do not fit raise RuntimeError in PyTorch, if anything at all. Which check of your
    NumPy version is missing?"""

    def matmul_torch(A, B):
        import torch

        rows = [[(A[i] * B[:, j]).sum() for j in range(B.shape[1])] for i in range(A.shape[0])]
        return torch.stack([torch.stack(row) for row in rows])


class UnwrapsTheNumbers:
    """A tensor made of plain numbers does not know where they came from, and autograd finds no way
    back. Where do you call .item(), float() or torch.tensor?"""

    def matmul_torch(A, B):
        import torch

        _agree_or_raise(A, B)
        return torch.tensor(_product(A, B).tolist(), dtype=A.dtype)


def _product(A, B):
    _agree_or_raise(A, B)
    A = A if hasattr(A, "backward") else A.astype(float)
    return (A[:, :, None] * B).sum(1)


def _agree_or_raise(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
