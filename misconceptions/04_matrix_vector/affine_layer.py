"""Wrong ideas about a layer, its firing boundary and the gradient that flows back.

Those about W x + b itself are first drafts, written before anybody thinks of a bias of the wrong
shape.
"""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- the layer --------------------------------------------------------------------------------


class ForgetsTheBias:
    """With x = 0 the layer answers its bias. What does yours answer?"""

    def affine(W, x, b):
        return W @ x

    affine_torch = affine


class SubtractsTheBias:
    """Here b is a threshold to be overcome. With which sign does a bias enter the formula?"""

    def affine(W, x, b):
        return W @ x - b

    affine_torch = affine


class MultipliesByTheBias:
    """Test x = 0: the answer must be b, and yours is 0. By which operation does a bias join the
    sum?"""

    def affine(W, x, b):
        return (W @ x) * b

    affine_torch = affine


class ShiftsTheInput:
    """Your bias goes through the weights. Does the shift come before the weighted sum or after
    it, and how many biases has a layer?"""

    def affine(W, x, b):
        return W @ (x + b[0])

    affine_torch = affine


class SharesOneBias:
    """Every neuron gets the first bias. Where do the other entries of b belong?"""

    def affine(W, x, b):
        return W @ x + b[0]

    affine_torch = affine


class AddsTheSumOfTheBiases:
    """You add all biases to every neuron. Which one of them is its own?"""

    def affine(W, x, b):
        return W @ x + b.sum()

    affine_torch = affine


class AddsTheBiasForEachInput:
    """Your bias is counted n times, once for each product. At which step does it join?"""

    def affine(W, x, b):
        return (W * x + b[:, None]).sum(1)

    affine_torch = affine


class MakesTheBiasAColumn:
    """(m,) plus (m, 1) is a table of every sum with every bias. Along which axis do biases and
    outputs run?"""

    def affine(W, x, b):
        return W @ x + b.reshape(-1, 1)

    affine_torch = affine


class PutsTheVectorOnTheLeft:
    """Rows of W meet x. With x on the left columns do, which fails for most shapes and gives the
    transpose's answer for a square W. Which side is right?"""

    def affine(W, x, b):
        return x @ W + b

    affine_torch = affine


class KeepsTheProductsApart:
    """You have a matrix of products with biases. A neuron answers with one number: which step is
    missing?"""

    def affine(W, x, b):
        return W * x + b[:, None]

    affine_torch = affine


class AppliesTheReLU:
    """Pre-activations may be negative: the activation function comes after them. Which step comes
    too early?"""

    def affine(W, x, b):
        return (W @ x + b).clip(0)

    affine_torch = affine


class CollectsInTheInputsDtype:
    """An array of integers cuts fractions off, and x may hold integers while b does not. Which
    dtype should your result start with?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        z = np.zeros(len(W), dtype=x.dtype)
        for i, row in enumerate(W):
            z[i] = row @ x + b[i]
        return z


class StretchesTheBias:
    """A bias of shape (1,) or (m, 1) raises nothing: + stretches it over all neurons. How do you
    refuse it?"""

    def affine(W, x, b):
        return W @ x + b

    affine_torch = affine


class CountsTheBiases:
    """A column of shape (m, 1) holds m biases as well, and + makes a table of it. What else of b
    must you compare besides len or size?"""

    __sizes__ = (1,)  # len for size

    def affine(W, x, b, *, size=0):
        if (len(b) if size else np.size(b)) != len(W):
            raise ValueError("one bias for each neuron")
        return W @ x + b

    def affine_torch(W, x, b, *, size=0):
        if (len(b) if size else b.numel()) != len(W):
            raise ValueError("one bias for each neuron")
        return W @ x + b


class LeavesTheCheckToPyTorch:
    """PyTorch stretches (1,) and (m, 1) as NumPy does, and raises RuntimeError where it cannot.
    Which check of your NumPy version is missing?"""

    def affine_torch(W, x, b):
        return W @ x + b


class DetachesTheWeight:
    """The numbers are right, but autograd cannot get back to all three arguments. Where do you
    leave the tensors that it follows?"""

    def affine_torch(W, x, b):
        _one_each_or_raise(W, b)
        return W.detach() @ x + b


class CutsTheTensorLoose:
    """The numbers are right, but autograd finds no way back: a new tensor made of numbers, .data
    and detach all forget where they came from. Can you stay with the tensors as they are?"""

    def affine_torch(W, x, b):
        import torch

        _one_each_or_raise(W, b)
        return torch.tensor((W @ x + b).tolist(), dtype=W.dtype)


class AppliesTheSigmoid:
    """Your answers lie between 0 and 1. Pre-activations are what goes into such a function: which
    step comes too early?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return 1 / (1 + np.exp(-(W @ x + b)))

    def affine_torch(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b).sigmoid()


class AppliesTheTanh:
    """Your answers lie between -1 and 1. Pre-activations are what goes into such a function: which
    step comes too early?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return np.tanh(W @ x + b)

    def affine_torch(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b).tanh()


class AddsTheBiasToTheWeights:
    """Your bias meets the inputs as a weight would. Does it belong before the weighted sum, or
    after it?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return (W + b[:, None]) @ x

    affine_torch = affine


class AddsTheBiasTwice:
    """Test x = 0: the answer must be b, and yours is 2 b. Where does it come in a second time?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return W @ x + 2 * b

    affine_torch = affine


class ReturnsAList:
    """The numbers are right, but + joins lists instead of adding them. What makes a vector of
    them?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return [float(z) for z in W @ x + b]

    affine_torch = affine


class KeepsABatchAxis:
    """The numbers are right, in a matrix with one row. How many axes has the answer to one
    input?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b).reshape(1, -1)

    affine_torch = affine


class CutsTheFractions:
    """An integer dtype drops what stands behind the point. Which kind of numbers does the docstring
    promise?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b).astype(int)

    def affine_torch(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b).long()


class LeavesOutTheLastNeuron:
    """Your loop ends one neuron too early. How many rows has W, and does range reach its end?"""

    def affine(W, x, b):
        _one_each_or_raise(W, b)
        return (W @ x + b)[:-1]

    affine_torch = affine


# --- what does not fit ------------------------------------------------------------------------


class AssertsInsteadOfRaising:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            raise AssertionError
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            raise AssertionError
        return -b / _length_or_raise(w)


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            raise TypeError("does not fit")
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            raise TypeError("does not fit")
        return -b / _length_or_raise(w)


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            raise Exception("does not fit")
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            raise Exception("does not fit")
        return -b / _length_or_raise(w)


class AnswersNoneInstead:
    """Where the docstring wants an exception your answer is None, and the caller computes on with
    it. A printed message does not stop anybody: what does?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            return None
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            return None
        return -b / _length_or_raise(w)


class AnswersFalseInstead:
    """False counts as 0 in the next sum, and nobody notices that something was wrong. How does a
    Python function refuse its arguments?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            return False
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            return False
        return -b / _length_or_raise(w)


class AnswersMinusOneInstead:
    """-1 is an answer like any other: who gets it cannot tell that something was wrong. How does a
    Python function refuse its arguments?"""

    def affine(W, x, b):
        if tuple(b.shape) != (W.shape[0],):
            return -1
        return W @ x + b

    affine_torch = affine

    def boundary(w, b):
        if not w.any():
            return -1
        return -b / _length_or_raise(w)


# --- firing -----------------------------------------------------------------------------------


class FiresAtZero:
    """At exactly 0 your neuron fires. What does the docstring say about the border itself?"""

    def fires(W, x, b):
        return affine(W, x, b) >= 0


class FiresWithoutTheBias:
    """Your threshold is 0 for every neuron, whatever its bias. What has to be added before the
    comparison?"""

    def fires(W, x, b):
        return W @ x > 0


class TakesTheBiasAsTheThreshold:
    """You compare W x with b. Solve W x + b > 0 for W x: what stands on the right?"""

    def fires(W, x, b):
        return W @ x > b


class FiresBelow:
    """Your neurons fire where their pre-activation is negative. Which side of the border does w
    point to?"""

    def fires(W, x, b):
        return affine(W, x, b) < 0


class CountsAnyResponse:
    """A strongly negative pre-activation is no firing. What does your test do to the sign?"""

    def fires(W, x, b):
        return affine(W, x, b) != 0


class AnswersForTheWholeLayer:
    """One truth value for all neurons. How many neurons are there, and who asked whether any of
    them fires?"""

    def fires(W, x, b):
        return bool((affine(W, x, b) > 0).any())


class ListsWhoFires:
    """You list the indices of the firing neurons. The silent ones need an answer as well: what is
    the shape asked for?"""

    def fires(W, x, b):
        return np.flatnonzero(affine(W, x, b) > 0)


class SaysHowStrongly:
    """You give the strength of each response. What is asked for is yes or no: which comparison
    gives that?"""

    def fires(W, x, b):
        return np.maximum(affine(W, x, b), 0.0)


class AnswersOneOrZero:
    """1 and 0 count the firing neurons well, but as indices they pick the first two entries. Which
    type has two values and does the docstring name?"""

    def fires(W, x, b):
        return np.where(affine(W, x, b) > 0, 1, 0)


class AnswersPlusOrMinusOne:
    """+1 and -1 are the labels of a perceptron. Which type has two values and does the docstring
    name?"""

    def fires(W, x, b):
        return np.where(affine(W, x, b) > 0, 1, -1)


class ReturnsTheSign:
    """A sign has three values. Which two does the docstring ask for, and to which of them belongs
    0?"""

    def fires(W, x, b):
        return np.sign(affine(W, x, b))


class ListsTheAnswers:
    """The answers are right, in a Python list. What makes an array of booleans of them?"""

    def fires(W, x, b):
        return (affine(W, x, b) > 0).tolist()


class AsksWhetherAllFire:
    """One truth value for all neurons. How many neurons are there, and who asked whether all of
    them fire?"""

    def fires(W, x, b):
        return bool((affine(W, x, b) > 0).all())


class FiresAboveAHalf:
    """0.5 is the middle of a sigmoid's answers. Which pre-activation belongs to it, and with which
    number do you compare?"""

    def fires(W, x, b):
        return affine(W, x, b) > 0.5


class CountsTheFiring:
    """You count the neurons that fire. Which of them are they?"""

    def fires(W, x, b):
        return int((affine(W, x, b) > 0).sum())


# --- the boundary -----------------------------------------------------------------------------


class ForgetsTheMinus:
    """A positive bias makes it easier to fire. Does the boundary then move along w, or against
    it?"""

    def boundary(w, b):
        return b / _length_or_raise(w)


class ForgetsTheLength:
    """Double w and b together: the neuron fires at the same points as before, but your boundary
    has moved. What do you have to divide by?"""

    def boundary(w, b):
        _length_or_raise(w)
        return -b


class DividesByTheSquare:
    """w · w is the squared length of w. Test w = (3, 4) with b = -10: is the boundary 2 away?"""

    def boundary(w, b):
        return -b / _length_or_raise(w) ** 2


class DividesByTheSumOfTheWeights:
    """Weights of 3 and -3 add up to 0, and the neuron still has a boundary. What measures how long
    w is?"""

    def boundary(w, b):
        _length_or_raise(w)
        return -b / w.sum()


class DividesByAbsoluteWeights:
    """Along w the shortest way is straight. Is the length of (3, 4) seven, or five?"""

    def boundary(w, b):
        _length_or_raise(w)
        return -b / abs(w).sum()


class DropsTheSign:
    """You give a plain distance. The sign says on which side of the origin the boundary lies: where
    do you lose it?"""

    def boundary(w, b):
        return abs(b) / _length_or_raise(w)


class TurnsTheFractionOver:
    """A larger bias should move the boundary further. What does yours do, and what happens for
    b = 0?"""

    def boundary(w, b):
        return -_length_or_raise(w) / (b or 1e-300)


class FindsTheCrossingWithTheFirstAxis:
    """That is where the boundary crosses the axis of the first input. Along which direction should
    you walk from the origin?"""

    def boundary(w, b):
        _length_or_raise(w)
        return -b / w[0] if w[0] else float("inf")


class DividesByZero:
    """Without weights a neuron answers b everywhere. What does your division give then, and what
    should happen instead?"""

    def boundary(w, b):
        return float(np.float64(-b) / np.sqrt(w @ w))


class PutsTheBoundaryAtTheOrigin:
    """A neuron without weights fires everywhere or nowhere. Is 0 a boundary then? What does the
    docstring ask for?"""

    def boundary(w, b):
        length = float(np.sqrt(w @ w))
        return float(-b / length) if length > 0 else 0.0


class GivesThePoint:
    """That is the point of the boundary itself, with n components. How far is it from the origin,
    and on which side?"""

    def boundary(w, b):
        return -b * w / _length_or_raise(w) ** 2


class MultipliesByTheLength:
    """Double w and b together: the neuron fires at the same points as before, but your boundary has
    moved. Is the length a factor or a divisor?"""

    def boundary(w, b):
        return -b * _length_or_raise(w)


class DividesByTheCount:
    """You divide by the number of weights. Is the length of (3, 4) two?"""

    def boundary(w, b):
        _length_or_raise(w)
        return -b / len(w)


class HalvesInsteadOfTakingTheRoot:
    """Which comes first in `x ** 1 / 2`, the power or the division, and how do you make it the
    other way round?"""

    def boundary(w, b):
        return -b / (_length_or_raise(w) ** 2 / 2)


class AddsAnEpsilon:
    """Something small below the fraction bar moves every boundary, and hides the one case that has
    none. What should happen if all weights are zero?"""

    __sizes__ = SMALL

    def boundary(w, b, *, size=1e-8):
        return float(-b / (np.sqrt(w @ w) + size))


class CountsShortAsZero:
    """Short weights still have a direction and a boundary, and your threshold refuses them as if
    they were zero. How can you ask for zero itself?"""

    __sizes__ = SMALL

    def boundary(w, b, *, size=1e-8):
        if w @ w < size * size:
            raise ValueError("no weights")
        return -b / _length_or_raise(w)


class CutsTheDistance:
    """int drops what stands behind the point. Which kind of number does the docstring promise?"""

    def boundary(w, b):
        return int(-b / _length_or_raise(w))


class RaisesZeroDivision:
    """ZeroDivisionError tells how you compute, not what is wrong with the neuron. Which exception
    does the docstring promise?"""

    def boundary(w, b):
        if not w.any():
            raise ZeroDivisionError
        return -b / _length_or_raise(w)


# --- the gradient that flows back ---------------------------------------------------------------


class SendsItForwardAgain:
    """W takes n numbers, and g has m: forward is the wrong direction. Which matrix leads from
    outputs to inputs?"""

    def input_gradient(W, g):
        return W @ g


class UndoesTheLayer:
    """You ask which input would have caused g, as an inverse does. How much does the loss change
    when input j moves a little?"""

    def input_gradient(W, g):
        return np.linalg.pinv(W) @ g


class MakesTheWeightsGradient:
    """A table of (m, n) numbers belongs to W. How many numbers does a gradient for x have?"""

    def input_gradient(W, g):
        return np.outer(g, np.ones(W.shape[1])) * W


class PassesTheGradientOn:
    """Your layer hands g back unchanged. Through which weights does input j reach the outputs?"""

    def input_gradient(W, g):
        return g


class ForgetsTheGradient:
    """You add up the columns of W as if every output mattered equally. Where does g come in?"""

    def input_gradient(W, g):
        return W.sum(axis=0)


class AddsAlongTheInputs:
    """You scaled each row by its entry of g, and then you added along the row. Which axis must
    disappear so that one number for each input is left?"""

    def input_gradient(W, g):
        return (W * g[:, None]).sum(axis=1)


class StepsDownhill:
    """You return the step that lowers the loss. The gradient itself points uphill: which sign has
    it?"""

    def input_gradient(W, g):
        return -(W.T @ g)


class ReshapesTheWeight:
    """The shape fits, but the weights have changed places. Which operation turns rows into
    columns?"""

    def input_gradient(W, g):
        return W.reshape(W.shape[::-1]) @ g


class KeepsTheSharesApart:
    """You have one share for each pair of an input and an output. An input reaches all outputs:
    what becomes of its shares?"""

    def input_gradient(W, g):
        return W.T * g


class AveragesOverTheOutputs:
    """You take the mean of the shares. Input j reaches all outputs: what becomes of its shares in
    the formula?"""

    def input_gradient(W, g):
        return (W * g[:, None]).mean(axis=0)


class ReturnsAColumn:
    """The numbers are right, but they stand in a matrix with a single column. How many axes has the
    gradient for x?"""

    def input_gradient(W, g):
        return (W.T @ g)[:, None]


class ListsTheDerivatives:
    """The numbers are right, but they lie in a Python list. What makes a vector of them?"""

    def input_gradient(W, g):
        return (W.T @ g).tolist()


class ReturnsTheTranspose:
    """You have the matrix that leads back. What should it be multiplied by?"""

    def input_gradient(W, g):
        return W.T


class UsesTheFirstDerivative:
    """Only the first output counts for you. How many entries has g, and which rows of W do they
    scale?"""

    def input_gradient(W, g):
        return W[0] * g[0]


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def affine(*args):
        raise NameError

    fires = affine
    boundary = affine
    input_gradient = affine
    affine_torch = affine


def _one_each_or_raise(W, b):
    if tuple(b.shape) != (W.shape[0],):
        raise ValueError("one bias for each neuron")


def _length_or_raise(w):
    length = float(np.sqrt(w @ w))
    if length == 0:
        raise ValueError("no weights")
    return length
