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
