"""Wrong ideas about the sigmoid and its slope.

The slope of the solution calls its sigmoid, so a wrong sigmoid makes a wrong slope, too.
"""

import numpy as np

# --- the formula ------------------------------------------------------------------------------


class LosesTheMinus:
    """Yours falls where it should rise: a strong yes gives a small number. Which sign has z in the
    exponent?"""

    def sigmoid(z):
        e = np.exp(-np.abs(1.0 * z))
        return np.where(z >= 0, e, 1.0) / (1.0 + e)

    def sigmoid_torch(z):
        import torch

        return torch.sigmoid(-z)


class LosesTheBrackets:
    """At 0 you get 2 instead of one half. In which order does Python divide and add in
    1 / 1 + exp(-z)?"""

    def sigmoid(z):
        return 1 / 1 + np.exp(-1.0 * z)

    def sigmoid_torch(z):
        return 1 / 1 + (-z).exp()


class TakesTheTanh:
    """Your answers run from -1 to 1, and 0 stays 0. The tanh has the right form: which range and
    which middle does the sigmoid have?"""

    def sigmoid(z):
        return np.tanh(z)

    def sigmoid_torch(z):
        return z.tanh()


class TakesTheTanhUnscaled:
    """Range and middle are right, but yours is twice as steep. At which point must tanh be taken to
    have the slope of the sigmoid?"""

    def sigmoid(z):
        return 0.5 + 0.5 * np.tanh(z)

    def sigmoid_torch(z):
        return 0.5 + 0.5 * z.tanh()


class TakesTheSoftmax:
    """Your entries add up to 1, so each depends on all the others. A sigmoid answers many separate
    questions: what does an entry depend on?"""

    def sigmoid(z):
        e = np.exp(z - np.max(z, axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    def sigmoid_torch(z):
        return z.softmax(-1)


class DecidesAtOnce:
    """You answer 0 or 1. The sigmoid says how sure the answer is: what should come out of 0.1, and
    of 3?"""

    def sigmoid(z):
        return np.where(z > 0, 1.0, 0.0)

    def sigmoid_torch(z):
        return (z > 0).to(z.dtype)


class DrawsAStraightLine:
    """Between its ends yours is a straight line. The sigmoid bends everywhere and never quite
    arrives: which function gives it that form?"""

    def sigmoid(z):
        return np.clip(0.25 * z + 0.5, 0, 1)

    def sigmoid_torch(z):
        return (0.25 * z + 0.5).clamp(0, 1)


class ClipsLikeReLU:
    """ReLU leaves large numbers large. A probability has an upper limit: what does the formula make
    of z = 5?"""

    def sigmoid(z):
        return np.maximum(z, 0.0)

    def sigmoid_torch(z):
        return z.relu()


class UsesTwoForE:
    """The form is right, but it rises too slowly. Which base has the power in the formula?"""

    def sigmoid(z):
        e = np.exp2(-np.abs(1.0 * z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)

    def sigmoid_torch(z):
        import torch

        return torch.sigmoid(z * 0.6931471805599453)


class KeepsIntegers:
    """You collect the answers in an array like z, and if z holds integers, there is no room for a
    fraction in it. Which dtype does the result need?"""

    def sigmoid(z):
        e = np.exp(-np.abs(1.0 * z))
        return (np.where(z >= 0, 1.0, e) / (1.0 + e)).astype(z.dtype)


class TakesOneNumberAtATime:
    """The functions of the math module take a single number. Which library has one that takes an
    array?"""

    def sigmoid(z):
        import math

        return 1 / (1 + math.exp(-z))


class AnswersWithAList:
    """The numbers are right, but they lie in a Python list. What should come out, and of which
    shape?"""

    def sigmoid(z):
        e = np.exp(-np.abs(1.0 * z))
        return (np.where(z >= 0, 1.0, e) / (1.0 + e)).tolist()


class AsksTheWholeArray:
    """if wants one yes or no, but a whole array has one for each entry. Which function chooses in
    every place at once?"""

    def sigmoid(z):
        if z >= 0:
            return 1 / (1 + np.exp(-z))
        return np.exp(z) / (1 + np.exp(z))

    def sigmoid_torch(z):
        if z >= 0:
            return 1 / (1 + (-z).exp())
        return z.exp() / (1 + z.exp())


class LoopsOverOneAxis:
    """Your loop meets the entries of a vector. What does it meet when z is a batch, with one row
    for each sample?"""

    def sigmoid(z):
        import math

        return np.array([1 / (1 + math.exp(-x)) for x in z])


class SubtractsBelowTheLine:
    """At 0 you divide by zero. Which sign stands before e^-z below the fraction line?"""

    def sigmoid(z):
        return 1 / (1 - np.exp(-z))

    def sigmoid_torch(z):
        return 1 / (1 - (-z).exp())


class LeavesOutTheOne:
    """Your answers grow without a limit: 1 / e^-z is e^z. What keeps the part below the fraction
    line from becoming small?"""

    def sigmoid(z):
        return 1 / np.exp(-z)

    def sigmoid_torch(z):
        return 1 / (-z).exp()


class WritesIntoTheInput:
    """The caller's pre-activations are gone, and the way back through the network needs them. How
    do you get the result in a new array?"""

    def sigmoid(z):
        e = np.exp(-np.abs(z))
        z[...] = np.where(z >= 0, 1.0, e) / (1.0 + e)
        return z


class ReturnsACacheToo:
    """You return a pair: the result, and z for the way back. What does the docstring ask for, and
    what would the next step do with a tuple?"""

    def sigmoid(z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e), z

    def sigmoid_torch(z):
        return z.sigmoid(), z


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which name does the argument come in?"""

    def sigmoid(z):
        return 1 / (1 + np.exp(-Z1))

    def sigmoid_gradient(z):
        return A1 * (1 - A1)

    def sigmoid_torch(z):
        return Z1.sigmoid()


# --- overflow ---------------------------------------------------------------------------------


class OverflowsBelowZero:
    """The formula is right on paper. For z = -1000 you raise e to the power 1000: what does NumPy
    say to that, and what becomes of the gradient?"""

    __sizes__ = (1,)  # leaves integers what they are, so that bytes wrap round

    def sigmoid(z, *, size=1.0):
        return 1 / (1 + np.exp(-(z * size)))

    def sigmoid_torch(z):
        return 1 / (1 + (-z).exp())


class OverflowsAboveZero:
    """For z = 1000 you divide infinity by infinity. This form of the formula is safe for negative z
    only: which one is safe for positive z?"""

    def sigmoid(z):
        return np.exp(z) / (1 + np.exp(z))

    def sigmoid_torch(z):
        return z.exp() / (1 + z.exp())


class ClipsAt500:
    """A float32 overflows beyond e^88, so a limit of 500 comes too late for it. Which form of the
    formula needs no limit, whatever the dtype?"""

    __sizes__ = (90, 100, 200, 250, 300, 700, 709)

    def sigmoid(z, *, size=500):
        return 1 / (1 + np.exp(-np.clip(z, -size, size)))


class ClipsAt30:
    """Beyond your limit all answers are the same, though e^-31 and e^-100 are different numbers.
    Which form of the formula needs no limit?"""

    __sizes__ = (5, 6, 8, 10, 15, 16, 20, 25, 32)

    def sigmoid(z, *, size=30):
        return 1 / (1 + np.exp(-np.clip(z, -size, size)))

    def sigmoid_torch(z, *, size=30):
        return z.clamp(-size, size).sigmoid()


class ComputesBothBranches:
    """where takes values that are both computed already, so the branch not taken overflows as well,
    and as nan it gets into the gradient. Can you make the exponent safe first?"""

    __sizes__ = (1,)  # leaves integers what they are, so that bytes wrap round

    def sigmoid(z, *, size=1.0):
        z = z * size
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))

    def sigmoid_torch(z):
        import torch

        return torch.where(z >= 0, 1 / (1 + (-z).exp()), z.exp() / (1 + z.exp()))


# --- the slope --------------------------------------------------------------------------------


class ReturnsTheSigmoid:
    """This is the sigmoid itself. Its slope is small on both sides and largest in the middle: how
    do you get that from s and 1 - s?"""

    def sigmoid_gradient(z):
        e = np.exp(-np.abs(1.0 * z))
        return np.where(z >= 0, 1.0, e) / (1.0 + e)


class PutsZInPlaceOfS:
    """You wrote z (1 - z). The rule is for s, the value of the sigmoid: what must be computed
    first?"""

    def sigmoid_gradient(z):
        return z * (1.0 - z)


class ForgetsTheOtherFactor:
    """You have 1 - s, which keeps growing to the left. Which factor makes the slope small on that
    side, too?"""

    def sigmoid_gradient(z):
        e = np.exp(-np.abs(1.0 * z))
        return np.where(z >= 0, e, 1.0) / (1.0 + e)


class TakesTheSlopeOfTanh:
    """1 - s² is the rule for tanh. What is the slope of the sigmoid in its middle, where s is one
    half?"""

    def sigmoid_gradient(z):
        e = np.exp(-np.abs(1.0 * z))
        s = np.where(z >= 0, 1.0, e) / (1.0 + e)
        return 1.0 - s**2


class TurnsTheSlopeAround:
    """Your slopes are negative, but a larger z gives a larger answer. In s (1 - s), from which
    number is the other taken away?"""

    def sigmoid_gradient(z):
        s = sigmoid(z)
        return s * (s - 1.0)


class SquaresTheSigmoid:
    """s² keeps growing to the right. Which factor makes the slope small on that side, too?"""

    def sigmoid_gradient(z):
        return sigmoid(z) ** 2


class LosesTheBracketsOfTheSlope:
    """s * 1 - s is 0 everywhere. In which order does Python multiply and subtract?"""

    def sigmoid_gradient(z):
        return sigmoid(z) * 1 - sigmoid(z)


class AddsTheFactors:
    """s and 1 - s add up to 1, whatever z is. By which operation are the two joined in the rule?"""

    def sigmoid_gradient(z):
        return sigmoid(z) + (1 - sigmoid(z))


class DividesInfinities:
    """e^-z / (1 + e^-z)² is the slope, but for z = -1000 both parts overflow, and their quotient is
    nan. Can you get the slope from a sigmoid that is safe already?"""

    def sigmoid_gradient(z):
        return np.exp(-z) / (1 + np.exp(-z)) ** 2


# --- autograd ---------------------------------------------------------------------------------


class LosesTheGradient:
    """The numbers are right, but autograd finds no way back from them to z. Which step leaves the
    world of recorded operations?"""

    def sigmoid_torch(z):
        import torch

        return torch.sigmoid(z.detach())


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which function of PyTorch does the same?"""

    def sigmoid_torch(z):
        import torch

        e = np.exp(-np.abs(z.numpy()))
        return torch.from_numpy(np.where(z.numpy() >= 0, 1.0, e).astype(e.dtype) / (1 + e))


class HasNoSlopeAtZero:
    """For autograd |z| has the slope 0 at z = 0, and in your formula that makes the sigmoid's slope
    0 there, instead of 1/4. Is there a function that is made for this?"""

    def sigmoid_torch(z):
        import torch

        e = (-z.abs()).exp()
        return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))


class MakesTheModuleOnly:
    """nn.Sigmoid() makes a module, a thing that can be called, and takes no tensor itself. Where
    does z go in, and is there a plain function for it?"""

    def sigmoid_torch(z):
        import torch

        return torch.nn.Sigmoid(z)


class WorksInPlaceInTorch:
    """A function whose name ends in an underscore writes into its own tensor. Here that is the
    caller's z: what is the same function without it?"""

    def sigmoid_torch(z):
        return z.sigmoid_()
