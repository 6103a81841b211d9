"""Wrong ideas about the order of a product: swapped, transposed, regrouped."""

import numpy as np

# --- AB and BA --------------------------------------------------------------------------------


class DemandsEqualShapes:
    """Equal shapes are the rule of addition. Which two sizes must agree for a product, and which
    ones may differ?"""

    def compare_orders(A, B):
        if A.shape != B.shape:
            return "undefined"
        return "commute" if np.allclose(A @ B, B @ A) else "differ"


class ChecksOneProductOnly:
    """You check that AB exists and take BA for granted. What does it need for (2, 3) and (3, 4)?"""

    def compare_orders(A, B):
        if A.shape[1] != B.shape[0]:
            return "undefined"
        return _verdict(A @ B, B @ A)


class NeedsBothToFail:
    """One product that does not exist is enough for "undefined". What does your condition say when
    only BA is missing?"""

    def compare_orders(A, B):
        if A.shape[1] != B.shape[0] and B.shape[1] != A.shape[0]:
            return "undefined"
        return _verdict(A @ B, B @ A)


class CallsNonSquareUndefined:
    """(2, 3) times (3, 2) exists, and so does (3, 2) times (2, 3). Are square matrices the only
    ones that can be multiplied both ways?"""

    def compare_orders(A, B):
        square = A.shape[0] == A.shape[1] == B.shape[0] == B.shape[1]
        return _verdict(A @ B, B @ A) if square else "undefined"


class BroadcastsTheComparison:
    """A (1, 1) and a (3, 3) table are different, yet np.allclose stretches one to the other. What
    should you compare before the entries?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        one, other = A @ B, B @ A
        stretches = one.shape == other.shape or 1 in (one.size, other.size)
        return "commute" if stretches and np.allclose(one, other) else "differ"


class StopsAtTheShapes:
    """Two products of one shape can still have different entries. What is left to compare?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        return "commute" if (A @ B).shape == (B @ A).shape else "differ"


class MultipliesEntryByEntry:
    """A * B is the same as B * A always, because numbers commute. Which operation is a product of
    matrices?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        return "commute" if np.allclose(A * B, B * A) else "differ"


class NeverLetsThemCommute:
    """Most pairs differ, but not all. What do two rotations of the plane do, in either order?"""

    def compare_orders(A, B):
        return "differ" if _both_exist(A, B) else "undefined"


class ComparesExactly:
    """Two ways to compute the same number differ in the last bits. With which function do you
    compare up to rounding?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        return "commute" if np.array_equal(A @ B, B @ A) else "differ"


class IsContentWithOneEqualEntry:
    """You say "commute" as soon as some entries agree. How many of them must be equal?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        one, other = A @ B, B @ A
        same = one.shape == other.shape and np.isclose(one, other).any()
        return "commute" if same else "differ"


class ComparesTheSums:
    """Your comparison looks at one number for each product. Can two different tables have the same
    sum?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        one, other = A @ B, B @ A
        same = one.shape == other.shape and np.isclose(one.sum(), other.sum())
        return "commute" if same else "differ"


class IgnoresTheSign:
    """A product and its negative are not the same matrix. Where does your comparison lose the
    sign?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        one, other = abs(A @ B), abs(B @ A)
        same = one.shape == other.shape and np.allclose(one, other)
        return "commute" if same else "differ"


class ComparesUnequalShapes:
    """Both products exist, but their shapes may differ, and then NumPy refuses to compare them, or
    stretches one. What can you compare before the entries?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        return "commute" if np.allclose(A @ B, B @ A) else "differ"


class LetsTheProductRaise:
    """You multiply whatever comes, and NumPy raises an error. Here a missing product has an answer
    of its own: which sizes tell you of it beforehand?"""

    def compare_orders(A, B):
        return _verdict(A @ B, B @ A)


class AnswersTrueOrFalse:
    """There are three cases, and True and False are two. Which words does the docstring list?"""

    def compare_orders(A, B):
        return _both_exist(A, B) and _verdict(A @ B, B @ A) == "commute"


class SwapsTheWords:
    """You call equal products different, and different ones equal. Which way round is your
    condition?"""

    def compare_orders(A, B):
        if not _both_exist(A, B):
            return "undefined"
        return "differ" if _verdict(A @ B, B @ A) == "commute" else "commute"


# --- the transpose of a product ---------------------------------------------------------------


class KeepsTheOrder:
    """You put on socks, then shoes. In which order do you take them off? Look at the shapes of Aᵀ
    and Bᵀ, too."""

    def transposed_product(At, Bt):
        return At @ Bt

    transposed_product_torch = transposed_product


class ForgetsToTransposeTheResult:
    """This is AB itself, of shape (m, p). Which shape does the docstring ask for?"""

    def transposed_product(At, Bt):
        return (Bt @ At).T

    def transposed_product_torch(At, Bt):
        return (Bt @ At).mT


class TransposesTwice:
    """At is a transpose already, and so is Bt. What do you get when you transpose them once
    more?"""

    def transposed_product(At, Bt):
        return Bt.T @ At.T

    def transposed_product_torch(At, Bt):
        return Bt.mT @ At.mT


class ReshapesTheResult:
    """reshape gives the shape of a transpose but leaves the entries in their old line. How do rows
    become columns?"""

    def transposed_product(At, Bt):
        AB = (Bt @ At).T
        return AB.reshape(AB.shape[::-1])

    def transposed_product_torch(At, Bt):
        AB = (Bt @ At).mT
        return AB.reshape(*AB.shape[:-2], AB.shape[-1], AB.shape[-2])


class TransposesEveryAxis:
    """In a batch, .T reverses all three axes, and the batch ends up last. Which attribute swaps the
    last two alone?"""

    def transposed_product_torch(At, Bt):
        return (At.mT @ Bt.mT).T


class TakesOnePairOnly:
    """torch.mm takes two matrices and no batch. Which operator multiplies the last two axes and
    goes through the batch by itself?"""

    def transposed_product_torch(At, Bt):
        import torch

        return torch.mm(Bt, At)


class PairsTheEntries:
    """* multiplies numbers at the same place. Which operator adds up the products of a row and a
    column?"""

    def transposed_product(At, Bt):
        return Bt * At

    transposed_product_torch = transposed_product

    def multiply_three(A, B, C):
        return A * B * C


# --- costs ------------------------------------------------------------------------------------


class CountsTheEntries:
    """You count the entries of the results. How many multiplications does a single entry take?"""

    def costs(m, n, p, q):
        return m * p + m * q, n * q + m * q


class GivesTheCheaperCount:
    """You give one number, the smaller count. How many numbers does the docstring ask for, and in
    which order?"""

    def costs(m, n, p, q):
        return min(m * n * p + m * p * q, n * p * q + m * n * q)


class ListsTheCounts:
    """Your two counts are right, but they lie in a list. What does the docstring ask for?"""

    def costs(m, n, p, q):
        return [m * n * p + m * p * q, n * p * q + m * n * q]


class CountsTheSecondProductOnly:
    """You count the product outside the brackets. What did the one inside cost?"""

    def costs(m, n, p, q):
        return m * p * q, m * n * q


class CountsEveryAddition:
    """To each sum of n products you count its n - 1 additions. What does the docstring say about
    them?"""

    def costs(m, n, p, q):
        left = m * p * (2 * n - 1) + m * q * (2 * p - 1)
        return left, n * q * (2 * p - 1) + m * q * (2 * n - 1)


class AddsTheSizes:
    """You add three sizes where a product of matrices multiplies them. For each of the m · p
    entries, how many multiplications are there?"""

    def costs(m, n, p, q):
        return m + n + p + m + p + q, n + p + q + m + n + q


class CountsTheFirstProductOnly:
    """Three matrices take two products. What does the second one cost, once the first is done?"""

    def costs(m, n, p, q):
        return m * n * p, n * p * q


class MultipliesTheCosts:
    """The second product comes after the first, not inside it. What do you do with two costs that
    follow one another?"""

    def costs(m, n, p, q):
        return m * n * p * m * p * q, n * p * q * m * n * q


class MultipliesAllSizes:
    """You form the product for each choice of i, k, l and j, without a table in between. What is
    saved by storing AB first?"""

    def costs(m, n, p, q):
        return m * n * p * q, m * n * p * q


class CountsAdditionsToo:
    """You count additions as well, which makes twice as many. What does the docstring say about
    them?"""

    def costs(m, n, p, q):
        return 2 * (m * n * p + m * p * q), 2 * (n * p * q + m * n * q)


class SwapsTheCosts:
    """Your two numbers are right, but the other way round. Which grouping does the docstring name
    first?"""

    def costs(m, n, p, q):
        return n * p * q + m * n * q, m * n * p + m * p * q


class KeepsTheSecondShape:
    """After AB the table is (m, p), and n is gone. Which three sizes meet in the second product?"""

    def costs(m, n, p, q):
        return m * n * p + n * p * q, n * p * q + m * n * p


# --- three matrices ---------------------------------------------------------------------------


class AlwaysStartsLeft:
    """Python groups A @ B @ C from the left, whatever it costs. When is it worth a pair of
    brackets?"""

    def multiply_three(A, B, C):
        return A @ B @ C


class AlwaysStartsRight:
    """You always multiply B and C first. For which shapes does that build a large table that was
    not needed?"""

    def multiply_three(A, B, C):
        return A @ (B @ C)


class TakesTheDearerGrouping:
    """You take the grouping with more multiplications. Which way round is your comparison?"""

    def multiply_three(A, B, C):
        left, right = _both_costs(A, B, C)
        return (A @ B) @ C if left > right else A @ (B @ C)


class ComparesTheFirstProducts:
    """You choose by the cost of the first product alone. Which grouping leaves the cheaper second
    one?"""

    def multiply_three(A, B, C):
        left, right = A.size * B.shape[1], B.size * C.shape[1]
        return (A @ B) @ C if left < right else A @ (B @ C)


class MultipliesTwoOnly:
    """The third matrix never comes into it. Which shape should the result have?"""

    def multiply_three(A, B, C):
        return A @ B


class ReversesTheFactors:
    """Brackets may move, matrices may not: CBA is another product. Which freedom does associativity
    give you?"""

    def multiply_three(A, B, C):
        return C @ B @ A


def _both_exist(A, B):
    return A.shape[1] == B.shape[0] and B.shape[1] == A.shape[0]


def _verdict(one, other):
    same = one.shape == other.shape and np.allclose(one, other)
    return "commute" if same else "differ"


def _both_costs(A, B, C):
    (m, n), (p, q) = A.shape, C.shape
    return m * n * p + m * p * q, n * p * q + m * n * q
