"""Wrong ideas about adding, subtracting and stepping."""

import numpy as np

# --- the sum ----------------------------------------------------------------------------------


class JoinsTheVectors:
    """You put one vector behind the other: (1, 2) and (3, 4) give four numbers. How many components
    has the sum of two vectors in the plane?"""

    def add(a, b):
        return np.concatenate((a, b))

    def add_torch(a, b):
        import torch

        return torch.cat((a, b))


class StacksTheVectors:
    """You put both vectors into one table. The sum is a single vector: what happens to two
    components in the same place?"""

    def add(a, b):
        return np.array([a, b])

    def add_torch(a, b):
        import torch

        return torch.stack((a, b))


class AddsEverythingUp:
    """Your sum is one number. The sum of two vectors is a vector again: which components are added
    to each other, and which are not?"""

    def add(a, b):
        return np.sum(a) + np.sum(b)

    def add_torch(a, b):
        return a.sum() + b.sum()


class CollapsesWithSum:
    """The second argument of sum is an axis, not another vector: sum adds within one array. What
    adds two arrays?"""

    def add(a, b):
        return np.sum(a, b)

    def add_torch(a, b):
        import torch

        return torch.sum(a, b)


class AveragesTheVectors:
    """This is the point halfway between a and b. Where do you end up if you go all the way along a,
    and then all the way along b?"""

    def add(a, b):
        _equal_or_raise(a, b)
        return (np.asarray(a) + np.asarray(b)) / 2

    def add_torch(a, b):
        _equal_or_raise(a, b)
        return (a + b) / 2


class LeavesItToPlus:
    """+ does as it likes: it joins two lists, and stretches shapes that differ. What must you make
    of a and b, and then compare, before you write +?"""

    def add(a, b):
        return a + b


class JoinsLists:
    """Between two lists + means joining, between arrays it means adding. What do you have to make
    of a list first?"""

    def add(a, b):
        _equal_or_raise(a, b)
        return a + b


class ExpectsArrays:
    """A list has no shape to compare. The docstring promises that lists work: which function makes
    an array of either?"""

    def add(a, b):
        if a.shape != b.shape:
            raise ValueError("different shapes")
        return a + b


class AnswersWithAList:
    """The numbers are right, but they lie in a Python list, which the next + would join. What makes
    a vector of them?"""

    def add(a, b):
        _equal_or_raise(a, b)
        return [x + y for x, y in zip(a, b, strict=True)]


class StretchesTheShapes:
    """NumPy stretches an axis of size 1 to fit, so (3,) plus (3, 1) is a 3 × 3 table, without an
    error. What must you compare before you add?"""

    def add(a, b):
        return np.add(a, b)


class ComparesOnlyTheLengths:
    """A column of shape (3, 1) has length 3 as well, and plus (3,) it gives a table. What else must
    be equal besides len?"""

    def add(a, b):
        if len(a) != len(b):
            raise ValueError("different lengths")
        return np.add(a, b)

    def add_torch(a, b):
        if len(a) != len(b):
            raise ValueError("different lengths")
        return a + b


class CutsToTheShorter:
    """zip stops at the shorter vector and says nothing, so components disappear. What should happen
    before the loop when the shapes differ?"""

    def add(a, b):
        return np.array([x + y for x, y in zip(a, b, strict=False)])


class LeavesShapesToPyTorch:
    """PyTorch stretches an axis of size 1, and raises RuntimeError for the rest. Which error does
    the docstring promise, and who has to raise it?"""

    def add_torch(a, b):
        return a + b


class SubtractsTheVectors:
    """(3, -4) plus (1, 1) is (4, -3). What does yours give, and which sign stands between the two
    vectors?"""

    def add(a, b):
        return _floats(a, b) - b

    def add_torch(a, b):
        _equal_or_raise(a, b)
        return a - b


class MultipliesTheVectors:
    """You multiply entry by entry. Adding the zero vector should change nothing: what does yours
    make of it?"""

    def add(a, b):
        return _floats(a, b) * b

    def add_torch(a, b):
        _equal_or_raise(a, b)
        return a * b


class AddsInPlace:
    """+= writes into its left side, and asarray copies no array that is made of floats already.
    Whose memory do you write into, and what makes a new array?"""

    def add(a, b):
        a = _floats(a, b)
        a += b
        return a

    def add_torch(a, b):
        _equal_or_raise(a, b)
        a += b
        return a


class AddsInSinglePrecision:
    """float32 holds about seven digits, and a large integer has more. Which float type does the
    docstring name?"""

    def add(a, b):
        return _floats(a, b).astype(np.float32) + np.asarray(b).astype(np.float32)

    def error(prediction, target):
        return prediction.astype(np.float32) - target.astype(np.float32)


class CutsTheFractions:
    """Somewhere your numbers become integers, and whatever stands behind the point is gone. Which
    dtype do you ask for?"""

    def add(a, b):
        return _floats(a, b).astype(int) + np.asarray(b).astype(int)

    def error(prediction, target):
        return prediction.astype(int) - target.astype(int)

    def gradient_step(w, gradient, learning_rate):
        return (w - learning_rate * gradient).astype(int)


class AssertsTheShapes:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def add(a, b):
        assert np.shape(a) == np.shape(b)
        return _floats(a, b) + b

    def add_torch(a, b):
        assert a.shape == b.shape
        return a + b


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def add(a, b):
        if np.shape(a) != np.shape(b):
            raise TypeError("different shapes")
        return _floats(a, b) + b

    def add_torch(a, b):
        if a.shape != b.shape:
            raise TypeError("different shapes")
        return a + b


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def add(a, b):
        if np.shape(a) != np.shape(b):
            raise Exception("different shapes")
        return _floats(a, b) + b

    def add_torch(a, b):
        if a.shape != b.shape:
            raise Exception("different shapes")
        return a + b


class AnswersNoneForBadShapes:
    """For shapes that differ your answer is None, and the caller computes on with it. A printed
    message does not stop anybody: what does?"""

    def add(a, b):
        return _floats(a, b) + b if np.shape(a) == np.shape(b) else None

    def add_torch(a, b):
        return a + b if a.shape == b.shape else None


class AnswersFalseForBadShapes:
    """For shapes that differ your answer is False, and False counts as 0 in the next sum. How does
    a Python function refuse its arguments?"""

    def add(a, b):
        return _floats(a, b) + b if np.shape(a) == np.shape(b) else False

    def add_torch(a, b):
        return a + b if a.shape == b.shape else False


class AnswersMinusOneForBadShapes:
    """-1 is a number like any other, and the caller computes on with it. How does a Python function
    refuse its arguments?"""

    def add(a, b):
        return _floats(a, b) + b if np.shape(a) == np.shape(b) else -1

    def add_torch(a, b):
        return a + b if a.shape == b.shape else -1


# --- the error --------------------------------------------------------------------------------


class SubtractsThePrediction:
    """Your error is negative where the prediction is too high. Which of the two comes first in
    "prediction minus target"?"""

    def error(prediction, target):
        return target - prediction

    error_torch = error


class DropsTheSign:
    """An error of -2 and one of +2 ask for opposite corrections. Where do you lose the sign?"""

    def error(prediction, target):
        return abs(prediction - target)

    error_torch = error


class SquaresTheError:
    """Squares come later, in the loss. What is the difference itself, sign included?"""

    def error(prediction, target):
        return (prediction - target) ** 2

    error_torch = error


class AveragesTheError:
    """You return one number for all components, in which errors of +2 and -2 cancel. How many
    errors does a prediction of n components have?"""

    def error(prediction, target):
        return (prediction - target).mean()

    error_torch = error


class LetsPixelsWrap:
    """uint8 has no negative numbers: 3 - 5 is 254 there. In which type must the two be before you
    subtract?"""

    def error(prediction, target):
        return prediction - target


class AddsTheTarget:
    """A perfect prediction has the error 0. What does yours give where prediction and target are
    equal?"""

    def error(prediction, target):
        return prediction.astype(float) + target

    def error_torch(prediction, target):
        return prediction + target


class DropsTheSignOfFloats:
    """An error of -2 and one of +2 ask for opposite corrections. Where do you lose the sign?"""

    def error(prediction, target):
        return abs(prediction.astype(float) - target)


class SquaresTheErrorOfFloats:
    """Squares come later, in the loss. What is the difference itself, sign included?"""

    def error(prediction, target):
        return (prediction.astype(float) - target) ** 2


class AveragesTheErrorOfFloats:
    """You return one number for all components, in which errors of +2 and -2 cancel. How many
    errors does a prediction of n components have?"""

    def error(prediction, target):
        return (prediction.astype(float) - target).mean()


class DividesByTheTarget:
    """That is the relative error, and it is infinite where the target is 0. What does the docstring
    do with the difference?"""

    def error(prediction, target):
        return (prediction.astype(float) - target) / target

    def error_torch(prediction, target):
        return (prediction - target) / target


class SubtractsInPlace:
    """-= writes into the caller's prediction, which is still needed, and may be read-only. Which
    expression makes a new array?"""

    def error(prediction, target):
        prediction -= target
        return prediction

    error_torch = error


# --- the step ---------------------------------------------------------------------------------


class GoesUphill:
    """The gradient points to where the loss grows, and you follow it. Which way is down?"""

    def gradient_step(w, gradient, learning_rate):
        return w + learning_rate * gradient

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() + learning_rate * gradient


class ForgetsTheLearningRate:
    """You take the whole gradient as your step, and a learning rate of 0 still moves the weights.
    Which factor is missing?"""

    def gradient_step(w, gradient, learning_rate):
        return w - gradient

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - gradient


class ScalesTheWeightsToo:
    """The learning rate sets the size of the step, not of the weights: with 0 nothing should
    change. What does it multiply in the formula?"""

    def gradient_step(w, gradient, learning_rate):
        return learning_rate * (w - gradient)

    def gradient_step_torch(w, gradient, learning_rate):
        return learning_rate * (w.detach() - gradient)


class ReturnsTheStepAlone:
    """This is how far to go. Where do you arrive if you start from w?"""

    def gradient_step(w, gradient, learning_rate):
        return -learning_rate * gradient

    def gradient_step_torch(w, gradient, learning_rate):
        return -learning_rate * gradient


class StepsInPlace:
    """-= writes into the caller's weights, and `new = w` is only a second name for them. Which
    expression makes a new array?"""

    def gradient_step(w, gradient, learning_rate):
        w -= learning_rate * gradient
        return w


class StepsInPlaceInTorch:
    """Under no_grad, or through .data, nobody stops you from writing with -=, and it is still the
    caller's tensor. Which expression makes a new one?"""

    def gradient_step_torch(w, gradient, learning_rate):
        import torch

        with torch.no_grad():
            w -= learning_rate * gradient
        return w


class ScalesAList:
    """A list has no product with a fraction, and with a whole number it only repeats. What has to
    be scaled component by component?"""

    def gradient_step(w, gradient, learning_rate):
        return w - learning_rate * gradient.tolist()

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - learning_rate * gradient.tolist()


class KeepsIntegerWeights:
    """A step is a fraction, and an array of integers cuts it off. Which dtype do the new weights
    need?"""

    def gradient_step(w, gradient, learning_rate):
        return (w - learning_rate * gradient).astype(w.dtype)


class SubtractsIntoIntegers:
    """-= keeps the dtype of its left side. A copy of integer weights holds integers: what happens
    to a step of 0.3, and which expression chooses a dtype that fits?"""

    def gradient_step(w, gradient, learning_rate):
        new = w.copy()
        new -= learning_rate * gradient
        return new


class UsesARateOfItsOwn:
    """You write down a learning rate of your own, so the caller's changes nothing. Which argument
    says how large the step is?"""

    def gradient_step(w, gradient, learning_rate):
        return w - 0.01 * gradient

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - 0.01 * gradient


class DividesByTheRate:
    """A small learning rate should mean a small step, and 0 none at all. What does a division by it
    do?"""

    def gradient_step(w, gradient, learning_rate):
        return w - gradient / np.float64(learning_rate)

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - gradient / learning_rate


class AddsTheRate:
    """You subtract the learning rate as a number of its own. How do the rate and the gradient
    become one step?"""

    def gradient_step(w, gradient, learning_rate):
        return w - learning_rate - gradient

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - learning_rate - gradient


class StepsTheSameEverywhere:
    """All weights move by one and the same amount. How many slopes does the gradient hold, and
    whose are they?"""

    def gradient_step(w, gradient, learning_rate):
        return w - learning_rate * gradient.mean()

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - learning_rate * gradient.mean()


class NormalizesTheGradient:
    """Your steps have one length, however steep the loss is, and they cannot come to rest at its
    lowest point. Does the formula divide the gradient by anything?"""

    def gradient_step(w, gradient, learning_rate):
        return w - learning_rate * gradient / (gradient**2).sum() ** 0.5

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() - learning_rate * gradient / (gradient**2).sum() ** 0.5


class ScalesTheStepByTheWeights:
    """Each weight is multiplied here, so a weight of 0 can never learn. What does the formula
    subtract from w?"""

    def gradient_step(w, gradient, learning_rate):
        return w * (1 - learning_rate * gradient)

    def gradient_step_torch(w, gradient, learning_rate):
        return w.detach() * (1 - learning_rate * gradient)


class RecordsTheStep:
    """The numbers are right, but autograd has recorded the step, and would soon remember every step
    ever taken. Where can you compute so that nothing is recorded?"""

    def gradient_step_torch(w, gradient, learning_rate):
        return w - learning_rate * gradient


class WritesIntoTheLeaf:
    """A weight that needs a gradient must not be changed in place while autograd is watching. Which
    expression makes a new tensor, and where is autograd not watching?"""

    def gradient_step_torch(w, gradient, learning_rate):
        w -= learning_rate * gradient
        return w


def _equal_or_raise(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("different shapes")


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def add(*args):
        raise NameError

    error = gradient_step = add_torch = error_torch = gradient_step_torch = add


def _floats(a, b):
    _equal_or_raise(a, b)
    return np.asarray(a, dtype=float)
