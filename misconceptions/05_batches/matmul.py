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

    def entry(A, B, i, j):
        for k in range(A.shape[1]):
            total = float(A[i, k]) * float(B[k, j])
        return total

    def matmul_torch(A, B):
        C = A.new_zeros(A.shape[0], B.shape[1])
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] = A[i, k] * B[k, j]
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

    def matmul_torch(A, B):
        C = A.new_zeros(A.shape[0], B.shape[1])
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] += A[i, k] * B[j, k]
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

    def matmul_torch(A, B):
        C = A.new_zeros(A.shape[0], B.shape[1])
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] += A[k, i] * B[k, j]
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


class TransposesTheResult:
    """Your table has a row for each column of B and a column for each row of A. Which of the two
    outer sizes comes first, and whose index is i?"""

    def matmul(A, B):
        return _product(A, B).T

    matmul_torch = matmul


class KnowsSquareMatricesOnly:
    """One size stands for all your loops, as if both matrices were square and alike. Which three
    sizes do an (m, n) and an (n, p) matrix have?"""

    def matmul(A, B):
        n = len(A)
        C = _zeros(A, n, n)
        for i in range(n):
            for j in range(n):
                for k in range(n):
                    C[i, j] += _wide(A)[i, k] * B[k, j]
        return C

    matmul_torch = matmul


class WritesDownFourEntries:
    """You wrote down the four entries of a 2 by 2 product. Other matrices have other sizes: what do
    the four lines have in common, and over which indices could a loop run?"""

    def matmul(A, B):
        C = _zeros(A, 2, 2)
        for i in (0, 1):
            for j in (0, 1):
                C[i, j] = _wide(A)[i, 0] * B[0, j] + _wide(A)[i, 1] * B[1, j]
        return C

    matmul_torch = matmul


class UsesUpTheColumns:
    """zip hands out the columns of B once. After the first row of A there are none left, and the
    rows of your table have unequal lengths. What could hold the columns for every row?"""

    def matmul(A, B):
        columns = zip(*B.astype(float), strict=True)
        rows = [[sum(x * y for x, y in zip(row, c, strict=False)) for c in columns] for row in A]
        return np.array(rows)


class CarriesTheSumOn:
    """Each of your entries holds the sums of all entries before it. At which moment must the sum
    start from zero again?"""

    def matmul(A, B):
        C, total = _zeros(A, A.shape[0], B.shape[1]), 0.0
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    total = total + _wide(A)[i, k] * B[k, j]
                C[i, j] = total
        return C

    matmul_torch = matmul


class CarriesTheSumAlongTheRow:
    """In each row of your table an entry holds the sums of those on its left, too. Between which
    two loops must the sum start from zero?"""

    def matmul(A, B):
        C = _zeros(A, A.shape[0], B.shape[1])
        for i in range(A.shape[0]):
            total = 0.0
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    total = total + _wide(A)[i, k] * B[k, j]
                C[i, j] = total
        return C

    matmul_torch = matmul


class ReturnsAfterTheFirstRow:
    """Only the first row of your table is filled. How far is the return indented, and which loops
    are done when it is reached?"""

    def matmul(A, B):
        C = _zeros(A, A.shape[0], B.shape[1])
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[0, j] += _wide(A)[0, k] * B[k, j]
        return C

    matmul_torch = matmul


class LeavesOutTheLastTerm:
    """Your sum is one product short: the one for the largest k. At which number does range stop,
    and is that number itself among those it gives?"""

    def matmul(A, B):
        return _terms(A, B, range(A.shape[1] - 1))

    def entry(A, B, i, j):
        return float(_terms(A, B, range(A.shape[1] - 1))[i, j])

    matmul_torch = matmul


class LeavesOutTheFirstTerm:
    """Your sum is one product short: the one for k = 0. From which number do Python's indices
    count?"""

    def matmul(A, B):
        return _terms(A, B, range(1, A.shape[1]))

    def entry(A, B, i, j):
        return float(_terms(A, B, range(1, A.shape[1]))[i, j])

    matmul_torch = matmul


class KeepsWholeNumbers:
    """The table that you fill holds integers, so every fraction is cut off on its way in. What does
    `dtype` say where you make it?"""

    def matmul(A, B):
        C = np.zeros((A.shape[0], B.shape[1]), dtype=int)
        for i in range(A.shape[0]):
            for j in range(B.shape[1]):
                for k in range(A.shape[1]):
                    C[i, j] += int(float(A[i, k]) * float(B[k, j]))
        return C


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

    matmul_torch = matmul


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

    def entry(A, B, i, j):
        _agree_or_raise(A, B)
        return float((A[i] * B[:, j]).sum())


class AddsUpInEightBits:
    """A product of two pixels does not fit in 8 bits, and a sum of such products still less. In
    which type do you multiply, and in which do you add?"""

    def matmul(A, B):
        _agree_or_raise(A, B)
        steps = range(A.shape[1])
        rows = [[sum(A[i, k] * c[k] for k in steps) for c in B.T] for i in range(A.shape[0])]
        return np.array(rows, dtype=float)


# --- sizes that do not fit --------------------------------------------------------------------


class NeverComparesTheSizes:
    """Sizes that do not fit end in an IndexError, or in a table that nobody asked for. Which two
    sizes can you compare before the first step, and what should the caller hear?"""

    def matmul(A, B):
        return _terms(A, B, range(A.shape[1]))

    def entry(A, B, i, j):
        return float(sum(float(A[i, k]) * float(B[k, j]) for k in range(A.shape[1])))

    matmul_torch = matmul


class CountsTheRowsOfB:
    """You count the steps by the rows of B. A row of A may be longer, and then a part of it is left
    out without a word. Which two sizes can you compare first?"""

    def matmul(A, B):
        return _terms(A, B, range(B.shape[0]))

    def entry(A, B, i, j):
        return float(sum(float(A[i, k]) * float(B[k, j]) for k in range(B.shape[0])))

    matmul_torch = matmul


class DemandsEqualShapes:
    """Equal shapes are the rule of addition. Which size of A meets which size of B in a product,
    and which sizes may differ?"""

    def matmul(A, B):
        if A.shape != B.shape:
            raise ValueError("different shapes")
        return _terms(A, B, range(A.shape[1]))

    def entry(A, B, i, j):
        if A.shape != B.shape:
            raise ValueError("different shapes")
        return float(_terms(A, B, range(A.shape[1]))[i, j])

    matmul_torch = matmul


class ComparesTheOuterSizes:
    """You compare the rows of A with the columns of B: these two sizes remain and may differ. Which
    two stand next to each other in (m, n) times (n, p)?"""

    def matmul(A, B):
        if A.shape[0] != B.shape[1]:
            raise ValueError("different sizes")
        return _terms(A, B, range(A.shape[1]))

    def entry(A, B, i, j):
        if A.shape[0] != B.shape[1]:
            raise ValueError("different sizes")
        return float(_terms(A, B, range(A.shape[1]))[i, j])

    matmul_torch = matmul


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for sizes that do not fit, and which statement makes one?"""

    def matmul(A, B):
        assert A.shape[1] == B.shape[0]
        return _product(A, B)

    def entry(A, B, i, j):
        assert A.shape[1] == B.shape[0]
        return float(_product(A, B)[i, j])

    matmul_torch = matmul


class ReturnsNoneInsteadOfRaising:
    """Where the sizes do not fit you give back None, and the caller goes on with it. How does the
    docstring say that there is no product?"""

    def matmul(A, B):
        return _product(A, B) if A.shape[1] == B.shape[0] else None

    def entry(A, B, i, j):
        return float(_product(A, B)[i, j]) if A.shape[1] == B.shape[0] else None

    matmul_torch = matmul


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def matmul(A, B):
        if A.shape[1] != B.shape[0]:
            raise Exception("inner sizes differ")
        return _product(A, B)

    def entry(A, B, i, j):
        if A.shape[1] != B.shape[0]:
            raise Exception("inner sizes differ")
        return float(_product(A, B)[i, j])

    matmul_torch = matmul


class StretchesTheInnerSize:
    """If one inner size is 1, NumPy and PyTorch stretch it without a word, and your product exists
    although it should not. What can you compare before you multiply?"""

    def matmul(A, B):
        return (A.astype(float)[:, :, None] * B).sum(1)


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


class ReturnsTheFirstProduct:
    """Your entry is its first product alone. How far is the return indented, and how often has the
    loop run when it is reached?"""

    def entry(A, B, i, j):
        _agree_or_raise(A, B)
        return float(A[i, 0]) * float(B[0, j])


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


class MultipliesOnceTooSeldom:
    """Your second power is A still. How often does range(1, k) run, and how many factors are in
    there before the loop?"""

    def power(A, k):
        product = np.eye(len(A))
        for _ in range(1, k):
            product = _product(product, A)
        return product


class HandsBackTheFirstPower:
    """For k = 1 you hand back A as it is, integers and all. Which dtype does the docstring promise,
    and who else may write into A?"""

    def power(A, k):
        product = A if k else np.eye(len(A))
        for _ in range(k - 1):
            product = _product(product, A)
        return product


class StartsAnewEachTime:
    """You compute A times A again in each round, so it is A² for every k from 2 on. Which of the
    two factors must be what you have so far?"""

    def power(A, k):
        product = A.astype(float) if k else np.eye(len(A))
        for _ in range(k - 1):
            product = _product(A, A)
        return product


# --- PyTorch ----------------------------------------------------------------------------------


class LeavesTheErrorToPyTorch:
    """Sizes that do not fit raise RuntimeError in PyTorch, if anything at all. Which check of your
    NumPy version is missing?"""

    def matmul_torch(A, B):
        import torch

        rows = [[(A[i] * B[:, j]).sum() for j in range(B.shape[1])] for i in range(A.shape[0])]
        return torch.stack([torch.stack(row) for row in rows])


class UnwrapsTheNumbers:
    """Autograd finds no way back from your result to A and B. Where do you leave the tensors: with
    .item(), float() or torch.tensor, with .detach(), or under no_grad?"""

    def matmul_torch(A, B):
        import torch

        _agree_or_raise(A, B)
        return torch.tensor(_product(A, B).tolist(), dtype=A.dtype)


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which of your steps could be done by the tensors themselves?"""

    def matmul_torch(A, B):
        import torch

        _agree_or_raise(A, B)
        return torch.from_numpy(_product(A.numpy(), B.numpy()).astype(A.numpy().dtype))


def _product(A, B):
    _agree_or_raise(A, B)
    A = A if hasattr(A, "backward") else A.astype(float)
    return (A[:, :, None] * B).sum(1)


def _terms(A, B, steps):
    """The products for these k, added up; nobody compares any sizes."""
    C = _zeros(A, A.shape[0], B.shape[1])
    for k in steps:
        C = C + _wide(A)[:, k, None] * B[k]
    return C


def _zeros(A, m, p):
    return A.new_zeros(m, p) if hasattr(A, "backward") else np.zeros((m, p))


def _wide(A):
    return A if hasattr(A, "backward") else A.astype(float)


def _agree_or_raise(A, B):
    if A.shape[1] != B.shape[0]:
        raise ValueError("inner sizes differ")
