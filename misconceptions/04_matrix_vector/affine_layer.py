"""Wrong ideas about a layer, its firing boundary and the gradient that flows back.

Those about W x + b itself are first drafts, written before anybody thinks of a bias of the wrong
shape.
"""

import numpy as np

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

    def affine(W, x, b):
        if np.size(b) != len(W):
            raise ValueError("one bias for each neuron")
        return W @ x + b

    def affine_torch(W, x, b):
        if b.numel() != len(W):
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
    """A new tensor made from numbers does not know where they came from. Can you stay with tensors
    all the way?"""

    def affine_torch(W, x, b):
        import torch

        _one_each_or_raise(W, b)
        return torch.tensor((W @ x + b).tolist(), dtype=W.dtype)


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


def _one_each_or_raise(W, b):
    if tuple(b.shape) != (W.shape[0],):
        raise ValueError("one bias for each neuron")


def _length_or_raise(w):
    length = float(np.sqrt(w @ w))
    if length == 0:
        raise ValueError("no weights")
    return length
