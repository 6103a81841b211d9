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


class ForgetsTheMinus:
    """A quarter turn sends (0, 1) to (-1, 0). Where does yours send it?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, s], [s, c]])


class SwapsSineAndCosine:
    """An angle of 0 must change nothing. Is your matrix for it the identity?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[s, -c], [c, s]])


class ReflectsInstead:
    """Lengths stay, but left and right change places: your determinant is -1. Which of the two
    columns has the wrong sign?"""

    def rotation(angle):
        c, s = np.cos(angle), np.sin(angle)
        return np.array([[c, s], [s, -c]])


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


def _sliding(taps, n):
    T = np.zeros((n - len(taps) + 1, n))
    for i, row in enumerate(T):
        row[i : i + len(taps)] = taps
    return T
