"""Wrong ideas about a neuron's response, projection and update.

They are first drafts, written before anybody thinks of a zero vector.
"""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- the pre-activation -----------------------------------------------------------------------


class ForgetsTheBias:
    """With x = 0 a neuron answers its bias. What does yours answer?"""

    def pre_activation(w, x, b=0.0):
        return w @ x

    pre_activation_torch = pre_activation


class SubtractsTheBias:
    """Here b is a threshold to be overcome. With which sign does a bias enter the formula?"""

    def pre_activation(w, x, b=0.0):
        return w @ x - b

    pre_activation_torch = pre_activation


class AddsTheBiasToTheInput:
    """Your bias is multiplied by the weights. Does it belong before the weighted sum, or after
    it?"""

    def pre_activation(w, x, b=0.0):
        return w @ (x + b)

    pre_activation_torch = pre_activation


class AddsTheBiasForEachWeight:
    """Your bias is counted n times. How many biases does one neuron have, and at which step does
    it join the sum?"""

    def pre_activation(w, x, b=0.0):
        return (w * x + b).sum()

    pre_activation_torch = pre_activation


class KeepsTheProductsApart:
    """You have one number for each input. A neuron has a single pre-activation: which step is
    missing?"""

    def pre_activation(w, x, b=0.0):
        return w * x + b

    pre_activation_torch = pre_activation


class MakesColumns:
    """A row times a column is a matrix with one entry. Which shape must w and x have so that a
    plain number comes out?"""

    def pre_activation(w, x, b=0.0):
        return w.reshape(1, -1) @ x.reshape(-1, 1) + b

    pre_activation_torch = pre_activation


class MixesTheDtypes:
    """PyTorch multiplies no float64 by a float32. Print both dtypes: which of your conversions made
    them differ?"""

    def pre_activation_torch(w, x, b=0.0):
        return w.double() @ x + b


class AppliesTheReLU:
    """The pre-activation is what goes into the activation function, so it may be negative. Which
    step comes too early?"""

    def pre_activation(w, x, b=0.0):
        return max(w @ x + b, 0.0)

    def pre_activation_torch(w, x, b=0.0):
        return (w @ x + b).clamp(min=0)


class AnswersYesOrNo:
    """You say whether the neuron fires. How strongly it is driven is the number before that
    comparison: which is asked for?"""

    def pre_activation(w, x, b=0.0):
        return w @ x + b > 0

    pre_activation_torch = pre_activation


class DividesByTheLengths:
    """This is a cosine similarity plus the bias. Long weights make a neuron respond more strongly:
    should their length be divided out?"""

    def pre_activation(w, x, b=0.0):
        return w @ x / ((w @ w) * (x @ x)) ** 0.5 + b

    pre_activation_torch = pre_activation


class AppliesTheSigmoid:
    """Your answers lie between 0 and 1. The pre-activation is what goes into such a function: which
    step comes too early?"""

    def pre_activation(w, x, b=0.0):
        return 1 / (1 + np.exp(-(w @ x + b)))

    def pre_activation_torch(w, x, b=0.0):
        return (w @ x + b).sigmoid()


class AppliesTheTanh:
    """Your answers lie between -1 and 1. The pre-activation is what goes into such a function:
    which step comes too early?"""

    def pre_activation(w, x, b=0.0):
        return np.tanh(w @ x + b)

    def pre_activation_torch(w, x, b=0.0):
        return (w @ x + b).tanh()


class MultipliesByTheBias:
    """With a bias of 0 your neuron is silent for every input. By which operation does a bias join
    the sum?"""

    def pre_activation(w, x, b=0.0):
        return w @ x * b

    pre_activation_torch = pre_activation


class AddsTheBiasToTheWeights:
    """Your bias is multiplied by the inputs. Does it belong before the weighted sum, or after
    it?"""

    def pre_activation(w, x, b=0.0):
        return (w + b) @ x

    pre_activation_torch = pre_activation


class MultipliesTheSums:
    """Adding first loses which weight belongs with which input. What has to happen before the
    sum?"""

    def pre_activation(w, x, b=0.0):
        return w.sum() * x.sum() + b

    pre_activation_torch = pre_activation


class AddsWeightsAndInputs:
    """You add each weight to its input. What does a weight do with an input in the formula?"""

    def pre_activation(w, x, b=0.0):
        return (w + x).sum() + b

    pre_activation_torch = pre_activation


class AveragesTheProducts:
    """This is the mean of the products. Which step of yours is not in the formula?"""

    def pre_activation(w, x, b=0.0):
        return (w * x).mean() + b

    pre_activation_torch = pre_activation


class CutsToAWholeNumber:
    """int drops what stands behind the point, and a response is seldom whole. Which kind of number
    does the docstring promise?"""

    def pre_activation(w, x, b=0.0):
        return int(w @ x + b)


class KeepsAnAxis:
    """A matrix with one row times a vector is a vector with one entry. Which shape must w and x
    have so that a plain number comes out?"""

    def pre_activation(w, x, b=0.0):
        return w.reshape(1, -1) @ x + b

    pre_activation_torch = pre_activation


class ReadsThreeInputs:
    """Your neuron has three inputs, no more and no fewer. How would you write the sum for 30 of
    them?"""

    def pre_activation(w, x, b=0.0):
        return w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + b

    pre_activation_torch = pre_activation


class ReadsTwoInputs:
    """Your neuron reads two inputs. How would you write the sum for 30 of them?"""

    def pre_activation(w, x, b=0.0):
        return w[0] * x[0] + w[1] * x[1] + b

    pre_activation_torch = pre_activation


class KeepsTheLastProduct:
    """Only the last input counts in your result. What does = in a loop do to the products before
    it?"""

    def pre_activation(w, x, b=0.0):
        return w[-1] * x[-1] + b

    pre_activation_torch = pre_activation


class UnwrapsTheTensor:
    """The number is right, but .item() and float() leave PyTorch, and no gradient finds its way
    back. What does a dot product of tensors give you already?"""

    def pre_activation_torch(w, x, b=0.0):
        return (w @ x + b).item()


# --- the projection ---------------------------------------------------------------------------


class ForgetsToDivide:
    """If w gets twice as long, your projection becomes four times as long; it should stay. Which
    factor takes the length of w out?"""

    def projection(x, w):
        return (x @ w) * w

    projection_torch = projection


class DividesByTheLengthOnce:
    """w enters twice: in the dot product and as the direction. How often must its length be
    divided out?"""

    def projection(x, w):
        return x @ w / (w @ w) ** 0.5 * w

    projection_torch = projection


class ReturnsOnlyHowFar:
    """You return how far x reaches along w, one number. In which direction does the projection
    point?"""

    __sizes__ = (1,)  # with the guard for zero, too

    def projection(x, w, *, size=0):
        return x @ w / (w @ w + size * float(not w.any())) ** 0.5

    projection_torch = projection


class ReturnsTheShare:
    """You return the multiple of w, one number. What do you get when you multiply w by it?"""

    __sizes__ = (1,)  # with the guard for zero, too

    def projection(x, w, *, size=0):
        return x @ w / (w @ w + size * float(not w.any()))

    projection_torch = projection


class ProjectsTheOtherWay:
    """Your result lies along x. Which vector casts the shadow here, and on whose line does it
    fall?"""

    def projection(x, w):
        return x @ w / (x @ x) * x

    projection_torch = projection


class DividesByTheWrongSquare:
    """Is the rest, x minus your projection, perpendicular to w? Whose squared length must you
    divide by to make it so?"""

    def projection(x, w):
        return x @ w / (x @ x) * w

    projection_torch = projection


class ReturnsTheRest:
    """This is what the neuron does not see: it is perpendicular to w. Which part of x is left when
    you take it away?"""

    def projection(x, w):
        return x - x @ w / (w @ w) * w

    projection_torch = projection


class MultipliesEntryByEntry:
    """x * w is a vector, so every entry of w is scaled by something else and the direction is
    lost. Which product gives a single factor?"""

    def projection(x, w):
        return x * w / (w @ w) * w

    projection_torch = projection


class LetsZeroBecomeNan:
    """For w = 0 you divide 0 by 0. What does the docstring say about the projection onto a zero
    vector?"""

    def projection(x, w):
        return x @ w / (w @ w) * w

    projection_torch = projection


class ScalesByTheCosine:
    """Both lengths are divided out, so a longer input casts no longer shadow. Which of the two
    vectors may be long without any effect?"""

    def projection(x, w):
        return x @ w / ((x @ x) * (w @ w)) ** 0.5 * w

    projection_torch = projection


class DropsTheSign:
    """An input may point away from w, and so does its projection then. Where does the sign get
    lost?"""

    def projection(x, w):
        return abs(x @ w) / _squared(w) * w

    projection_torch = projection


class TurnsTheProjectionRound:
    """The projection of w onto itself is w. What does yours give, and where does the minus come
    from?"""

    def projection(x, w):
        return -(x @ w) / _squared(w) * w

    projection_torch = projection


class AddsAnEpsilon:
    """Something small below the fraction bar makes every projection too short, the more the shorter
    w is. How can you treat zero alone?"""

    __sizes__ = SMALL

    def projection(x, w, *, size=1e-8):
        return x @ w / (w @ w + size) * w

    projection_torch = projection


class CountsShortAsZero:
    """Short weights still have a direction, and the projection does not depend on their length.
    Your threshold takes them for zero: how can you ask for zero itself?"""

    __sizes__ = SMALL

    def projection(x, w, *, size=1e-8):
        return x @ w / _squared(w) * w if w @ w > size else 0.0 * w

    projection_torch = projection


class RefusesTheZeroVector:
    """Raising is a policy, too, but not the one that was chosen here. What does the docstring say
    about the projection onto a zero vector?"""

    def projection(x, w):
        if not w.any():
            raise ValueError("a zero vector has no direction")
        return x @ w / (w @ w) * w

    projection_torch = projection


class AnswersNoneForZero:
    """For w = 0 your answer is None, and the caller computes on with it. What does the docstring
    say about the projection onto a zero vector?"""

    def projection(x, w):
        return x @ w / (w @ w) * w if w.any() else None

    projection_torch = projection


class AnswersASingleZero:
    """For w = 0 you return one number, and everywhere else a vector. What shape does the docstring
    promise for every w?"""

    def projection(x, w):
        return x @ w / (w @ w) * w if w.any() else 0.0

    projection_torch = projection


class AnswersTheInputForZero:
    """For w = 0 the neuron sees nothing of x, and you return all of it. What does the docstring say
    about the projection onto a zero vector?"""

    def projection(x, w):
        return x @ w / (w @ w) * w if w.any() else x

    projection_torch = projection


# --- the update -------------------------------------------------------------------------------


class TurnsAway:
    """Your step lowers the response to x. Descent subtracts the gradient of a loss: of which
    quantity is +x the gradient, and should it grow or shrink?"""

    def update(w, x, eta):
        return w - eta * x

    update_torch = update


class WritesIntoTheWeights:
    """w += … changes the caller's weights, and fails for integers. How do you get the sum in a new
    array?"""

    def update(w, x, eta):
        w += eta * x
        return w

    update_torch = update


class ReturnsOnlyTheStep:
    """You return the change. What are the weights after it?"""

    def update(w, x, eta):
        return eta * x

    update_torch = update


class ForgetsTheRate:
    """You take the whole of x as the step. Which argument says how far to go?"""

    def update(w, x, eta):
        return w + x

    update_torch = update


class AddsTheRateToEveryWeight:
    """Every weight changes by the same amount here, so w does not turn toward x in particular.
    What should η multiply?"""

    def update(w, x, eta):
        return w + eta

    update_torch = update


class BlendsInTheInput:
    """You take away a part of w as you add a part of x. Does the formula shrink the old
    weights?"""

    def update(w, x, eta):
        return (1 - eta) * w + eta * x

    update_torch = update


class MultipliesByTheResponse:
    """That is Hebb's rule: its step is scaled by the response, and turns w away from x where that
    is negative. What scales the step here?"""

    def update(w, x, eta):
        return w + eta * (w @ x) * x

    update_torch = update


class StepsAUnitLength:
    """You normalize x before the step. The response should grow by η (x · x): does the length of x
    count?"""

    def update(w, x, eta):
        return w + eta * x / (x @ x) ** 0.5

    update_torch = update


class DescendsOnTheResponse:
    """Gradient descent on w · x makes the response smaller. Of which loss is w + ηx a step
    downhill?"""

    def update_torch(w, x, eta):
        return w - eta * x


class NormalizesTheWeights:
    """You scale the weights back to length one after the step. Is that in the formula, and does the
    response still grow by η (x · x)?"""

    def update(w, x, eta):
        return (w + eta * x) / ((w + eta * x) @ (w + eta * x)) ** 0.5

    update_torch = update


class ScalesTheWeights:
    """Each weight is multiplied here, so a weight of 0 can never learn. What does the formula add
    to w?"""

    def update(w, x, eta):
        return w * (1 + eta * x)

    update_torch = update


class ScalesTheSum:
    """η scales the old weights too here, so a step size of 0 wipes them out. What does it multiply
    in the formula?"""

    def update(w, x, eta):
        return eta * (w + x)

    update_torch = update


class DividesByTheRate:
    """A small step size should mean a small step. What does a division by η do?"""

    def update(w, x, eta):
        return w + x / eta

    update_torch = update


class StepsTheSameEverywhere:
    """All weights change by one and the same amount. Which entry of x belongs to which weight?"""

    def update(w, x, eta):
        return w + eta * x.mean()

    update_torch = update


class UsesARateOfItsOwn:
    """You write down a step size of your own, so the caller's changes nothing. Which argument says
    how large the step is?"""

    def update(w, x, eta):
        return w + 0.01 * x

    update_torch = update


class StepsIntoTheInput:
    """Your new weights begin at x and take a step along w. Which of the two is to be turned?"""

    def update(w, x, eta):
        return x + eta * w

    update_torch = update


class AddsIntoIntegers:
    """+= keeps the dtype of its left side. A copy of integer weights holds integers: what happens
    to half a step, and which expression chooses a dtype that fits?"""

    def update(w, x, eta):
        new = w.copy()
        new += eta * x
        return new


class KeepsIntegerWeights:
    """A step is a fraction, and an array of integers cuts it off, also where it is filled entry by
    entry. Which dtype do the new weights need?"""

    def update(w, x, eta):
        return (w + eta * x).astype(w.dtype)


class LoopsIntoTheWeights:
    """w[i] += … writes into the caller's array, and in integers it cuts off fractions. Where should
    the new numbers go?"""

    def update(w, x, eta):
        w[:] = w + eta * x
        return w


class CutsTheNewWeights:
    """Your new weights are whole numbers, and a step is a fraction. Which of your dtypes loses
    it?"""

    def update(w, x, eta):
        return (w + eta * x).astype(int)


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def pre_activation(*args):
        raise NameError

    projection = pre_activation
    update = pre_activation
    pre_activation_torch = pre_activation
    projection_torch = pre_activation
    update_torch = pre_activation


def _squared(w):
    return w @ w + float(not w.any())
