"""Wrong ideas about ReLU and its slope.

Wrong formulas for the values are written for arrays and tensors alike where that is possible.
"""

import numpy as np

# --- the values -------------------------------------------------------------------------------


class FindsTheLargestEntry:
    """You found the largest number of all. How many activations do n pre-activations give, and
    which two numbers compete in each place?"""

    def relu(z):
        return np.max(z)

    def relu_torch(z):
        return z.max()


class FindsTheLargestOrZero:
    """One number comes out, however many go in. Do the entries compete with each other, or each of
    them with 0?"""

    def relu(z):
        return max(float(np.max(z)), 0.0)

    def relu_torch(z):
        return z.max().clamp(min=0)


class MistakesZForTheAxis:
    """np.max collapses one array, and takes its second argument for an axis. Which function
    compares two things entry by entry?"""

    def relu(z):
        return np.max(0, z)


class AsksTheWholeArray:
    """max and if want one yes or no, but a whole array has one for each entry. Which function
    chooses in every place at once?"""

    def relu(z):
        return max(0, z)

    relu_torch = relu

    def relu_gradient(z):
        return 1.0 if z > 0 else 0.0


class TakesTheAbsoluteValue:
    """You turn -2 into 2. Does a neuron fire strongly because its pre-activation is far below
    zero?"""

    def relu(z):
        return abs(z)

    relu_torch = relu


class LeaksALittle:
    """This is the leaky ReLU: a silent neuron still lets a hundredth through. What does the plain
    one make of every negative entry?"""

    def relu(z):
        return np.where(z > 0, z, z * 0.01)

    def relu_torch(z):
        import torch

        return torch.where(z > 0, z, z * 0.01)


class AnswersYesOrNo:
    """You say whether a neuron fires, 1 or 0. How strongly it fires is lost: what becomes of a
    positive entry?"""

    def relu(z):
        return 1.0 * (z > 0)

    relu_torch = relu


class StopsAtOne:
    """Everything above 1 becomes 1 here. Does ReLU have an upper limit?"""

    def relu(z):
        return np.clip(z, 0, 1)

    def relu_torch(z):
        return z.clamp(0, 1)


class SquaresWhatIsPositive:
    """Compare an entry of 3 with what you made of it. What should ReLU do to a positive number?"""

    def relu(z):
        return np.maximum(z, 0) ** 2

    def relu_torch(z):
        return z.clamp(min=0) ** 2


class SmoothsTheBend:
    """This is softplus, a rounded ReLU: at 0 it gives 0.69. What should come out of 0, and of
    -1?"""

    def relu(z):
        return np.logaddexp(0, z)

    def relu_torch(z):
        import torch

        return torch.logaddexp(torch.zeros_like(z), z)


class KeepsTheNegativeHalf:
    """You keep what is below 0 and lose what is above it. Which of z and 0 is wanted, the smaller
    or the larger?"""

    def relu(z):
        return np.minimum(z, 0)

    def relu_torch(z):
        return z.clamp(max=0)


class ThrowsSilentEntriesAway:
    """Your result has fewer entries than z, and the next layer no longer knows whose they are. What
    should stand in the place of a silent neuron?"""

    def relu(z):
        return z[z > 0]

    relu_torch = relu


class WritesIntoTheInput:
    """The caller's pre-activations are gone, and the way back through the network needs them. How
    do you get the result in a new array?"""

    def relu(z):
        z[z < 0] = 0
        return z

    relu_torch = relu


class HandsBackTheInput:
    """Where nothing is negative you return z itself, and whoever writes into the result changes the
    caller's pre-activations. What does the docstring promise?"""

    def relu(z):
        return z if (z >= 0).all() else np.maximum(z, 0)


class MultipliesByTheMask:
    """Multiplying by 0 makes a 0 of every number, but not of minus infinity. Can you choose between
    two values instead?"""

    def relu(z):
        return z * (z > 0)

    relu_torch = relu


class HidesNan:
    """nan says no to every comparison, so it lands in your branch for negative numbers and looks
    like a silent neuron. How can it stay visible?"""

    def relu(z):
        return np.where(z > 0, z, 0.0)

    def relu_torch(z):
        import torch

        return torch.where(z > 0, z, torch.zeros_like(z))


class LoopsOverOneAxis:
    """Your loop meets the entries of a vector. What does it meet when z is a batch, with one row
    for each sample?"""

    def relu(z):
        return np.array([max(x, 0) for x in z], dtype=z.dtype)


class CutsFractionsOff:
    """You collect the results in an array of integers, which has no room for 2.5. Which dtype
    should the result have?"""

    def relu(z):
        return np.maximum(z, 0).astype(np.int64)


class MakesFloats:
    """The larger of z and 0.0 can be of another dtype than z. Which dtype should the result of
    integers have, and that of float32?"""

    def relu(z):
        return np.maximum(z, np.float64(0.0))


class AnswersWithAList:
    """The numbers are right, but they lie in a Python list, with which the next layer cannot be
    computed. What should come out, and of which shape?"""

    def relu(z):
        return np.maximum(z, 0).tolist()

    def relu_gradient(z):
        return (1.0 * (z > 0)).tolist()


class AddsTheAbsoluteValue:
    """(z + |z|) / 2 is ReLU for ordinary numbers. What is minus infinity plus infinity, and what
    does a division make of integers?"""

    def relu(z):
        return (z + abs(z)) / 2

    relu_torch = relu


class StopsAtSix:
    """Everything above 6 becomes 6 here: that is another activation, ReLU6. Does the plain one have
    an upper limit?"""

    def relu(z):
        return np.clip(z, 0, 6)

    def relu_torch(z):
        return z.clamp(0, 6)


class KnowsTwoAxesOnly:
    """Your code wants z with two axes. A vector has one, and a batch of images has four: which
    functions work in every place, whatever the shape?"""

    def relu(z):
        N, m = z.shape
        return np.maximum(z, np.zeros((N, m), dtype=z.dtype))

    def relu_gradient(z):
        N, m = z.shape
        return 1.0 * (z > np.zeros((N, m)))

    def relu_torch(z):
        N, m = z.shape
        return (z + z.new_zeros(N, m)).relu()


class LoopsOverTwoAxes:
    """Two nested loops fit a matrix. What does z.shape[1] say for a vector, and what is z[i, j] for
    three axes?"""

    def relu(z):
        a = np.zeros_like(z)
        for i in range(z.shape[0]):
            for j in range(z.shape[1]):
                a[i, j] = max(z[i, j], 0)
        return a

    def relu_gradient(z):
        slope = np.zeros(z.shape)
        for i in range(z.shape[0]):
            for j in range(z.shape[1]):
                slope[i, j] = 1.0 if z[i, j] > 0 else 0.0
        return slope

    def relu_torch(z):
        a = z.clone()
        for i in range(z.shape[0]):
            for j in range(z.shape[1]):
                a[i, j] = z[i, j].relu()
        return a


class ReturnsACacheToo:
    """You return a pair: the result, and z for the way back. What does the docstring ask for, and
    what would the next layer do with a tuple?"""

    def relu(z):
        return np.maximum(z, 0), z

    def relu_torch(z):
        return z.relu(), z


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which name does the argument come in?"""

    def relu(z):
        return np.maximum(Z1, 0)

    def relu_gradient(z):
        return 1.0 * (Z1 > 0)

    def relu_torch(z):
        return Z1.relu()


# --- the slope --------------------------------------------------------------------------------


class ReturnsTheValues:
    """This is ReLU itself. Its slope says how much the result moves when z moves a little: how much
    is that at z = 3, and at z = 5?"""

    def relu_gradient(z):
        return np.maximum(z, 0) * 1.0


class GivesSlopeOneAtZero:
    """At 0 the bend has two slopes, so a convention decides. What does the docstring say, and which
    comparison do you use?"""

    def relu_gradient(z):
        return np.where(z >= 0, 1.0, 0.0)


class SplitsTheSlopeAtZero:
    """One half lies between the slopes 0 and 1 on both sides. That is a possible convention: is it
    the one in the docstring?"""

    def relu_gradient(z):
        return np.heaviside(z, 0.5)


class PushesBackBelowZero:
    """You give -1 below zero. How much does max(0, z) change when z goes from -3 to -2?"""

    def relu_gradient(z):
        return np.sign(z) * 1.0


class GivesSlopeOneEverywhere:
    """You give 1 for a silent neuron too. How much does its activation change when z goes from -3
    to -2?"""

    def relu_gradient(z):
        return np.ones(z.shape)


class ReturnsTruthValues:
    """True and False are not numbers to multiply a gradient with. What makes ones and zeros of
    them?"""

    def relu_gradient(z):
        return z > 0


class GivesWholeSlopes:
    """Your zeros and ones are whole numbers. Which dtype does the docstring ask for, and how are a
    one and a zero of that kind written?"""

    def relu_gradient(z):
        return np.where(z > 0, 1, 0)


class GivesOneSlopeForAll:
    """You have one slope for the whole array. Is a single entry's slope 1 because another entry is
    positive?"""

    def relu_gradient(z):
        return float((z > 0).any())


class WritesSlopesIntoTheInput:
    """You write the slopes over the caller's pre-activations, which are gone then. How do you get
    them in a new array?"""

    def relu_gradient(z):
        z[z <= 0] = 0
        z[z > 0] = 1
        return z


class LeavesALittleSlope:
    """A hundredth below zero is the slope of the leaky ReLU. How much does the plain one change
    when z goes from -3 to -2?"""

    def relu_gradient(z):
        return np.where(z > 0, 1.0, 0.01)


class DividesTheValueByZ:
    """ReLU(z) / z is 0 / 0 at zero. Can you choose between two slopes instead of working them
    out?"""

    def relu_gradient(z):
        return np.maximum(z, 0) / z


# --- autograd ---------------------------------------------------------------------------------


class ReturnsThePairOfMax:
    """torch.max with a number behind it takes that for a dim, and returns values and indices. Which
    function makes every entry at least 0?"""

    def relu_torch(z):
        import torch

        return torch.max(z, 0)


class ComparesWithAPlainNumber:
    """torch.maximum wants two tensors and refuses the number 0. There is a function in PyTorch that
    is made for this activation: what is it called?"""

    def relu_torch(z):
        import torch

        return torch.maximum(z, 0)


class LetsTheGradientPassAtZero:
    """The values are right. But at z = 0 autograd finds the slope 1 in your formula. Which of
    PyTorch's functions has the slope 0 there?"""

    def relu_torch(z):
        return z.clamp(min=0)


class SharesTheGradientAtZero:
    """For two equal tensors, torch.maximum gives each one half of the gradient, so that the slope
    at z = 0 is one half. What should it be?"""

    def relu_torch(z):
        import torch

        return torch.maximum(z, torch.zeros_like(z))


class LosesTheGradient:
    """The numbers are right, but autograd finds no way back from them to z. Which step leaves the
    world of recorded operations?"""

    def relu_torch(z):
        import torch

        return torch.relu(z.detach())


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which function of PyTorch does the same?"""

    def relu_torch(z):
        import torch

        return torch.from_numpy(np.maximum(z.numpy(), 0))


class MakesTheModuleOnly:
    """nn.ReLU(...) makes a module, a thing that can be called; nothing has been computed yet. Where
    does z go in, and is there a plain function for it?"""

    def relu_torch(z):
        import torch

        return torch.nn.ReLU(z)


class WorksInPlaceInTorch:
    """You write into the caller's z. A function whose name ends in an underscore does that, and so
    does an assignment to z[...]: what gives the result in a new tensor?"""

    def relu_torch(z):
        return z.relu_()
