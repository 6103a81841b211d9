"""Wrong ideas about what matrices do, which functions have one, and convolution."""

import numpy as np

# --- maps of the plane ------------------------------------------------------------------------


class TurnsClockwise:
    """A positive angle turns (1, 0) up, toward (0, 1). Where does yours send it, and did its image
    become a row or a column?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, s], [-s, c]])


class TakesDegrees:
    """np.cos takes radians, and the angle comes in radians. Which conversion is one too many?"""

    def rotation(angle):
        c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
        return np.array([[c, -s], [s, c]])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(torch.deg2rad(angle)), torch.sin(torch.deg2rad(angle))
        return torch.stack([torch.stack([c, -s]), torch.stack([s, c])])


class ForgetsTheMinus:
    """A quarter turn sends (0, 1) to (-1, 0). Where does yours send it?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, s], [s, c]])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return torch.stack([torch.stack([c, s]), torch.stack([s, c])])


class SwapsSineAndCosine:
    """An angle of 0 must change nothing. Is your matrix for it the identity?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[s, -c], [c, s]])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return torch.stack([torch.stack([s, -c]), torch.stack([c, s])])


class ReflectsInstead:
    """Lengths stay, but left and right change places: your determinant is -1. Which of the two
    columns has the wrong sign?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, s], [s, -c]])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return torch.stack([torch.stack([c, s]), torch.stack([s, -c])])


class CutsTheGraph:
    """The numbers are right, but the angle cannot learn from them: its gradient is missing. Does
    torch.tensor keep where its numbers came from?"""

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle.detach()), torch.sin(angle.detach())
        return torch.tensor([[c, -s], [s, c]], dtype=angle.dtype)


class TurnsTheTensorClockwise:
    """In PyTorch, too, a positive angle turns (1, 0) up. Did the image of (1, 0) become a row or a
    column?"""

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return torch.stack([torch.stack([c, s]), torch.stack([-s, c])])


class ConvertsToDegrees:
    """np.cos and torch.cos take radians, and the angle comes in radians. Which conversion is one
    too many?"""

    def rotation(angle):
        c, s = np.cos(np.degrees(angle)), np.sin(np.degrees(angle))
        return np.array([[c, -s], [s, c]])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(torch.rad2deg(angle)), torch.sin(torch.rad2deg(angle))
        return torch.stack([torch.stack([c, -s]), torch.stack([s, c])])


class MakesNestedLists:
    """The numbers are right, but lists have no @ and no shape. What makes a matrix of them?"""

    def rotation(angle):
        c, s = float(np.cos(angle)), float(np.sin(angle))
        return [[c, -s], [s, c]]

    def shear(k):
        return [[1.0, k], [0.0, 1.0]]

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return [[c, -s], [s, c]]


class AddsAThirdAxis:
    """That turns space around its third axis. How many numbers has a point of the plane?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


class LeavesItFlat:
    """Four numbers in a line are no matrix yet. Which shape do they need, and how do you give it to
    them without cutting them off from the angle?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([c, -s, s, c])

    def rotation_torch(angle):
        import torch

        c, s = torch.cos(angle), torch.sin(angle)
        return torch.stack([c, -s, s, c])


class PutsTheMinusOnTheCosine:
    """An angle of 0 must change nothing. Is your matrix for it the identity, and which of the four
    entries carries the minus?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[-c, s], [s, c]])


class PushesUp:
    """Your shear moves (1, 0) and keeps (0, 1). Which of the two should stay, and which column
    belongs to it?"""

    def shear(k):
        return np.array([[1.0, 0.0], [k, 1.0]])


class PushesBothWays:
    """A shear keeps (1, 0) where it is. What does your first column say about it?"""

    def shear(k):
        return np.array([[1.0, k], [k, 1.0]])


class LosesThePoint:
    """You have the push alone. Where is the point that was pushed?"""

    def shear(k):
        return np.array([[0.0, k], [0.0, 0.0]])


class MakesItWider:
    """That is a stretch: a point further to the right moves further. On which coordinate should the
    push depend?"""

    def shear(k):
        return np.array([[k, 0.0], [0.0, 1.0]])


class PushesTheOtherWay:
    """For a positive k your plane goes to the left. To where does the docstring send (0, 1)?"""

    def shear(k):
        return np.array([[1.0, -k], [0.0, 1.0]])


class FillsAMatrixOfIntegers:
    """An array made of ones and zeros holds integers, and cuts off what stands behind the point of
    k. How do you ask for floats?"""

    def shear(k):
        matrix = np.array([[1, 0], [0, 1]])
        matrix[0, 1] = k
        return matrix


class AddsOneToThePush:
    """For k = 0 a shear changes nothing. What does yours do with (0, 1) then?"""

    def shear(k):
        return np.array([[1.0, 1.0 + k], [0.0, 1.0]])


class ForgetsTheLengthOfTheDirection:
    """Twice as long a direction should give the same matrix. Which division takes its length
    out?"""

    def stretch(direction, factor):
        return np.eye(2) + (factor - 1) * np.outer(direction, direction)


class DividesByTheLengthOnce:
    """The direction occurs twice in d dᵀ. How often must its length be divided out?"""

    def stretch(direction, factor):
        d = direction
        return np.eye(2) + (factor - 1) * np.outer(d, d) / np.sqrt(d @ d)


class ScalesEverything:
    """You scale the whole plane. What should happen to a point at right angles to the
    direction?"""

    def stretch(direction, factor):
        return np.eye(2) * factor


class ScalesAcross:
    """The direction itself stays in your map, and what is perpendicular to it changes. Which of the
    two should the factor reach?"""

    def stretch(direction, factor):
        d = direction
        along = np.outer(d, d) / (d @ d)
        return along + factor * (np.eye(2) - along)


class AddsTheFactor:
    """A factor of 1 must change nothing. What does your matrix do then, and how much of the part
    along d is there already?"""

    def stretch(direction, factor):
        d = direction
        return np.eye(2) + factor * np.outer(d, d) / (d @ d)


class KeepsOnlyTheLine:
    """Your map throws away what is perpendicular to the direction. Which matrix leaves that part as
    it is?"""

    def stretch(direction, factor):
        d = direction
        return factor * np.outer(d, d) / (d @ d)


class StretchesTheAxes:
    """You scale along the two axes. A slanted direction is neither of them: what has to happen off
    the diagonal?"""

    def stretch(direction, factor):
        d = direction
        return np.diag(1 + (factor - 1) * d * d / (d @ d))


class MultipliesByTheDotProduct:
    """d dᵀ is a table of products, and d · d is one number. Which of them can be added to a
    matrix?"""

    def stretch(direction, factor):
        d = direction
        return np.eye(2) + (factor - 1) * (d @ d) / (d @ d)


class SubtractsTheStretch:
    """A factor of 3 should make things longer along d. What does yours do, and which sign stands
    behind I in the formula?"""

    def stretch(direction, factor):
        d = direction
        return np.eye(2) - (factor - 1) * np.outer(d, d) / (d @ d)


class NormalizesInPlace:
    """/= writes into the caller's direction, and fails for integers. Which way of dividing makes a
    new array?"""

    def stretch(direction, factor):
        direction /= np.sqrt(direction @ direction)
        return np.eye(2) + (factor - 1) * np.outer(direction, direction)


class AddsOneEverywhere:
    """Adding the number 1 changes every entry. What is the 1 among matrices, and where are its
    zeros?"""

    def stretch(direction, factor):
        d = direction
        return 1.0 + (factor - 1) * np.outer(d, d) / (d @ d)


class ForgetsTheIdentity:
    """With a factor of 1 nothing of the plane is left in your map. What keeps all points where they
    are before anything is stretched?"""

    def stretch(direction, factor):
        d = direction
        return (factor - 1) * np.outer(d, d) / (d @ d)


class MirrorsAlways:
    """That is the reflection, whatever the factor says. Which number stands before d dᵀ in the
    formula?"""

    def stretch(direction, factor):
        d = direction
        return np.eye(2) - 2 * np.outer(d, d) / (d @ d)


# --- functions and their matrices -------------------------------------------------------------


class PutsImagesInRows:
    """The image of basis vector j stands in row j of your matrix. What happens to that row when the
    matrix meets e_j?"""

    def matrix_of(f, n):
        return np.array([f(e) for e in np.eye(n)])


class AsksOnce:
    """One image, of a vector of ones, cannot settle n columns. Which vectors tell you one column
    each?"""

    def matrix_of(f, n):
        return np.diag(f(np.ones(n)))


class FeedsTheWholeIdentity:
    """f takes one vector at a time, and some functions do another thing with a matrix. How many
    calls do you need?"""

    def matrix_of(f, n):
        return f(np.eye(n))


class CountsFromOne:
    """You ask for the images of (1, 1), (2, 2), …. Which entry of a basis vector is 1, and what are
    the others?"""

    def matrix_of(f, n):
        return np.column_stack([f(np.full(n, j + 1.0)) for j in range(n)])


class ExpectsASquare:
    """This asks for as many outputs as inputs. Who says how many entries f gives back?"""

    def matrix_of(f, n):
        A = np.zeros((n, n))
        for j, e in enumerate(np.eye(n)):
            A[:, j] = f(e)
        return A


class ListsTheImages:
    """The images are right, but they lie in a Python list. Which of its functions puts them side by
    side, as columns?"""

    def matrix_of(f, n):
        return [f(e) for e in np.eye(n)]


class JoinsTheImages:
    """You have put all images into one line. What makes each of them a column?"""

    def matrix_of(f, n):
        return np.concatenate([f(e) for e in np.eye(n)])


class LeavesOnesBehind:
    """Your basis vector keeps the ones of the rounds before, so later columns are sums. What has to
    happen to it before the next round?"""

    def matrix_of(f, n):
        return np.column_stack([f(row) for row in np.tri(n)])


class LeavesOutTheLastColumn:
    """Your loop ends one basis vector too early. How many entries does f take, and does range reach
    its end?"""

    def matrix_of(f, n):
        return np.column_stack([f(e) for e in np.eye(n)])[:, :-1]


class ReturnsTheFirstImage:
    """You have the image of one basis vector. How many columns has the matrix?"""

    def matrix_of(f, n):
        return f(np.eye(n)[0])


class LooksAtZeroOnly:
    """f(0) = 0 is necessary, but abs and squares do that too. What must hold for sums?"""

    def is_linear(f, n, trials=20):
        return bool(np.allclose(f(np.zeros(n)), 0.0))


class TriesMultiplesAlone:
    """A function can let every multiple pass and still be no sum of its parts. Which other property
    is missing?"""

    def is_linear(f, n, trials=20):
        rng = np.random.default_rng(1)
        return all(
            np.allclose(f(c * x), c * f(x))
            for x, c in zip(rng.normal(size=(trials, n)), rng.normal(size=trials), strict=True)
        )


class TriesPositiveNumbersAlone:
    """A ReLU changes nothing as long as all numbers are positive. What do your random numbers leave
    out?"""

    def is_linear(f, n, trials=20):
        rng = np.random.default_rng(1)
        for u, v in rng.uniform(0.0, 2.0, size=(trials, 2, n)):
            if not np.allclose(f(2 * u + 3 * v), 2 * f(u) + 3 * f(v)):
                return False
        return True


class TriesBasisVectorsAlone:
    """Between the basis vectors f may bend as it likes. Which other points did you look at?"""

    def is_linear(f, n, trials=20):
        images = [f(e) for e in np.eye(n)]
        return bool(np.allclose(f(np.ones(n)), sum(images)))


class ComparesExactly:
    """Rounding makes the two sides differ in the last digit, even for a matrix. How do you compare
    floats?"""

    def is_linear(f, n, trials=20):
        rng = np.random.default_rng(1)
        for u, v in rng.normal(size=(trials, 2, n)):
            if not np.array_equal(f(3 * u + 0.7 * v), 3 * f(u) + 0.7 * f(v)):
                return False
        return True


class CallsALayerLinear:
    """Steps of equal size give changes of equal size: that holds for W x + b too, which is called
    affine. What would a multiple of x give there?"""

    def is_linear(f, n, trials=20):
        rng = np.random.default_rng(1)
        for u, v, w in rng.normal(size=(trials, 3, n)):
            if not np.allclose(f(u + v - w), f(u) + f(v) - f(w)):
                return False
        return True


# --- collapse ---------------------------------------------------------------------------------


class DemandsAnExactZero:
    """The determinant of parallel columns may come out as 1e-17. How do you compare a float with
    0?"""

    def image(A):
        if np.linalg.det(A) != 0:
            return "plane"
        return "line" if np.any(A) else "point"


class ComparesWithAFixedTolerance:
    """A determinant of 1e-16 can belong to a small rotation, and one of 1e-6 to large parallel
    columns. What should your tolerance depend on?"""

    def image(A):
        if abs(np.linalg.det(A)) > 1e-9:
            return "plane"
        return "line" if np.any(A) else "point"


class TakesAReflectionForACollapse:
    """A negative determinant means that left and right have changed places. Is anything lost
    then?"""

    def image(A):
        if np.linalg.det(A) > 0:
            return "plane"
        return "line" if np.any(A) else "point"


class ForgetsThePoint:
    """There are but two answers here. On which line do the images lie when A is all zeros?"""

    def image(A):
        return "plane" if np.linalg.matrix_rank(A) == 2 else "line"


class CallsEveryCollapseAPoint:
    """If the columns are parallel but not zero, their multiples are still many points. What do
    these form?"""

    def image(A):
        return "plane" if np.linalg.matrix_rank(A) == 2 else "point"


class LooksForZeroColumns:
    """Two columns that are parallel collapse the plane as well, without a single 0 in them. What
    counts how many directions are left?"""

    def image(A):
        return ("point", "line", "plane")[int(np.any(A, axis=0).sum())]


class ReturnsTheRank:
    """The rank is the right number. Which word does it stand for?"""

    def image(A):
        return int(np.linalg.matrix_rank(A))


class CountsEigenvalues:
    """Nonzero eigenvalues are not the rank: [[0, 1], [0, 0]] has none of them, and yet (0, 1) does
    not go to the origin. What do its columns span?"""

    def image(A):
        sizes = np.abs(np.linalg.eigvals(A))
        largest = sizes.max()
        left = int((sizes > 1e-6 * largest).sum()) if largest > 0 else 0
        return ("point", "line", "plane")[left]


class LooksForZeroRows:
    """Two rows that are parallel collapse the plane as well, without a single 0 in them. What
    counts how many directions are left?"""

    def image(A):
        return ("point", "line", "plane")[int(np.any(A, axis=1).sum())]


class CallsEveryNonzeroMatrixAPlane:
    """A single entry that is not 0 is enough for you to see a plane. What do parallel columns leave
    of it?"""

    def image(A):
        return "plane" if np.any(A) else "point"


class SwapsLineAndPoint:
    """Rank 1 leaves one direction, and rank 0 none. Which of the two words did you give to
    which?"""

    def image(A):
        return ("line", "point", "plane")[np.linalg.matrix_rank(A)]


# --- convolution ------------------------------------------------------------------------------


class NeverFlips:
    """That is what F.conv1d does in both cases. Which of your kernel's numbers should come first in
    a row of a convolution?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel, n)


class AlwaysFlips:
    """Your kernel is turned around whether it is wanted or not. Which argument says so?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel[::-1], n)


class FlipsWhenNotAsked:
    """You turn the kernel around exactly when you should not. Which of the two libraries
    flips?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel if flip else kernel[::-1], n)


class SlidesBeyondTheEdge:
    """Your kernel also stops where only a part of it fits, which NumPy calls "full". At how many
    places does it fit completely?"""

    def convolution_matrix(kernel, n, flip=True):
        taps, size = (kernel[::-1] if flip else kernel), len(kernel)
        return _sliding(taps, n + 2 * (size - 1))[:, size - 1 : n + size - 1]


class WrapsRound:
    """At the right edge your kernel comes in again from the left. Where should it stop instead?"""

    def convolution_matrix(kernel, n, flip=True):
        row = np.zeros(n)
        row[: len(kernel)] = kernel[::-1] if flip else kernel
        return np.array([np.roll(row, i) for i in range(n)])


class NeverSlides:
    """Every row of yours looks at the first entries of x. How far has the kernel moved in row
    i?"""

    def convolution_matrix(kernel, n, flip=True):
        T = np.zeros((n - len(kernel) + 1, n))
        T[:, : len(kernel)] = kernel[::-1] if flip else kernel
        return T


class LosesTheLastPlace:
    """A kernel as long as x fits exactly once, and yours fits nowhere. How many places are
    there?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel[::-1] if flip else kernel, n)[:-1]


class LaysItInColumns:
    """Your matrix takes n - k + 1 numbers and gives n. Does the kernel lie along a row or a
    column?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel[::-1] if flip else kernel, n).T


class JumpsByItsLength:
    """Your kernel moves by its own length, so it skips places. How far is it from one row to the
    next?"""

    def convolution_matrix(kernel, n, flip=True):
        size = len(kernel)
        return _sliding(kernel[::-1] if flip else kernel, n)[::size]


class FlipsTheMatrix:
    """You turn whole rows around, and with them the places: the first row now starts at the right
    end. Which k numbers alone should be turned around?"""

    def convolution_matrix(kernel, n, flip=True):
        T = _sliding(kernel, n)
        return T[:, ::-1] if flip else T


class PadsToTheSameLength:
    """You add zeros beyond the edges so that n numbers come out, which NumPy calls "same". At how
    many places does the kernel fit completely?"""

    def convolution_matrix(kernel, n, flip=True):
        taps, size = (kernel[::-1] if flip else kernel), len(kernel)
        left = (size - 1) // 2
        return _sliding(taps, n + size - 1)[:, left : left + n]


class ExpectsThreeTaps:
    """You write down three numbers of the kernel, and it may have one or five. How do you place all
    of them at once?"""

    def convolution_matrix(kernel, n, flip=True):
        a, b, c = kernel[::-1] if flip else kernel
        return _sliding(np.array([a, b, c]), n)


class MakesASquare:
    """Your matrix is square, and its last rows are zeros. How many places are there for the
    kernel?"""

    def convolution_matrix(kernel, n, flip=True):
        taps = kernel[::-1] if flip else kernel
        T = np.zeros((n, n))
        T[: n - len(taps) + 1] = _sliding(taps, n)
        return T


class CutsTheKernelAtTheEdge:
    """Your kernel also stops where its end hangs over the right edge. At how many places does it
    fit completely?"""

    def convolution_matrix(kernel, n, flip=True):
        taps = kernel[::-1] if flip else kernel
        return _sliding(taps, n + len(taps) - 1)[:, :n]


class SlidesTheOtherWay:
    """Your first row stands at the right end. Where is the kernel in row 0?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel[::-1] if flip else kernel, n)[::-1]


class MakesNestedRows:
    """The rows are right, but they lie in a Python list. What makes a matrix of them?"""

    def convolution_matrix(kernel, n, flip=True):
        return _sliding(kernel[::-1] if flip else kernel, n).tolist()


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def rotation(*args):
        raise NameError

    rotation_torch = rotation
    shear = rotation
    stretch = rotation
    matrix_of = rotation
    is_linear = rotation
    image = rotation
    convolution_matrix = rotation


def _sliding(taps, n):
    T = np.zeros((n - len(taps) + 1, n))
    for i, row in enumerate(T):
        row[i : i + len(taps)] = taps
    return T
