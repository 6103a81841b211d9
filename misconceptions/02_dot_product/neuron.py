"""Wrong ideas about a neuron's response, projection and update.

They are first drafts, written before anybody thinks of a zero vector.
"""

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

    def projection(x, w):
        return x @ w / (w @ w) ** 0.5

    projection_torch = projection


class ReturnsTheShare:
    """You return the multiple of w, one number. What do you get when you multiply w by it?"""

    def projection(x, w):
        return x @ w / (w @ w)

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
