"""Wrong ideas about what a layer holds, how it starts, and how inputs go through it."""

import numpy as np

# --- the arrays -------------------------------------------------------------------------------


class StoresInByOut:
    """The constructor says (in, out), but rows of W belong to neurons. Which of the two numbers
    counts rows?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.weight = rng.uniform(-bound, bound, size=(in_features, out_features))
            self.bias = rng.uniform(-bound, bound, size=out_features)

        def forward(self, x):
            return x @ self.weight + self.bias

        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            new.weight = new.weight.T.copy()
            return new


class HasABiasForEachInput:
    """Your bias is as long as the input. To which vector is it added?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.bias = rng.uniform(-1, 1, size=in_features) / np.sqrt(in_features)


class HasOneBiasForAll:
    """Your neurons share one bias. Could one of them then fire early and another late?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.bias = self.bias[:1]


class MakesTheBiasAColumn:
    """A bias of shape (out, 1) is a column. Along which axis of the output do neurons lie?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.bias = self.bias[:, np.newaxis]


class MakesTheBiasARow:
    """A bias of shape (1, out) has two axes, and so has every result that it is added to. Which
    shape does the docstring name?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = rng.uniform(-bound, bound, size=(1, out_features))


class NamesThemWAndB:
    """Other code looks for your arrays by name. Which two names does the docstring list under its
    attributes?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.W = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.b = rng.uniform(-bound, bound, size=out_features)

        def forward(self, x):
            return x @ self.W.T + self.b


# --- the starting values ----------------------------------------------------------------------


class StartsTheBiasAtZero:
    """Zeros are a usual choice for a bias. What does nn.Linear do, and what is asked for here?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = np.zeros(out_features)


class StartsEverythingAtZero:
    """With zeros all neurons start alike, get the same gradient and stay alike. What makes them
    different?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            self.weight = np.zeros((out_features, in_features))
            self.bias = np.zeros(out_features)


class StartsAllNeuronsAlike:
    """Every row of your W holds the same numbers. How many numbers have to be drawn?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.weight = np.tile(self.weight[0], (out_features, 1))


class LeavesOutTheRoot:
    """Your numbers stay within 1/in. What stands under the fraction line of the bound?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / in_features
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = rng.uniform(-bound, bound, size=out_features)


class TakesTheBoundFromTheOutputs:
    """A neuron sums over its inputs. The number of which of the two sets the bound?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(out_features)
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = rng.uniform(-bound, bound, size=out_features)


class DrawsOnlyPositiveNumbers:
    """None of your weights is negative. Where does the range begin?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.weight, self.bias = abs(self.weight), abs(self.bias)


class DrawsFromABell:
    """A normal distribution has no bounds. Which distribution is even between two numbers and zero
    elsewhere?"""

    __sizes__ = (2**0.5,)  # He's spread

    class LinearNumpy(LinearNumpy):
        size = 1.0

        def __init__(self, in_features, out_features, rng):
            spread = self.size / np.sqrt(in_features)
            self.weight = rng.normal(scale=spread, size=(out_features, in_features))
            self.bias = rng.normal(scale=spread, size=out_features)


class DrawsStandardNumbers:
    """A standard normal distribution has no bounds, and its spread does not depend on the number of
    inputs. Which distribution, and which range, are asked for?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            self.weight = rng.normal(size=(out_features, in_features))
            self.bias = rng.normal(size=out_features)


class DrawsSmallNumbers:
    """A hundredth of a normal number is small for every layer, however many inputs it has. Which
    distribution is asked for, and what sets its bounds?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            self.weight = 0.01 * rng.normal(size=(out_features, in_features))
            self.bias = np.zeros(out_features)


class DrawsFromZeroToOne:
    """Without bounds, rng.random and rng.uniform draw from 0 to 1. Where should the range begin and
    end?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            self.weight = rng.random((out_features, in_features))
            self.bias = rng.random(out_features)


class DrawsFromMinusOneToOne:
    """Your numbers spread from -1 to 1, whatever the layer. What makes the range of a layer with
    many inputs smaller?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            self.weight = rng.uniform(-1, 1, size=(out_features, in_features))
            self.bias = rng.uniform(-1, 1, size=out_features)


class TakesGlorotsBound:
    """√(6 / (in + out)) is the bound of Glorot, also called Xavier. Which bound does the docstring
    give, and do the outputs play a part in it?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = np.sqrt(6 / (in_features + out_features))
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = rng.uniform(-bound, bound, size=out_features)


class TakesKaimingsBound:
    """√(6 / in) is the bound of Kaiming for layers before a ReLU, also called He. Which number
    stands above the fraction line in the docstring's?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = np.sqrt(6 / in_features)
            self.weight = rng.uniform(-bound, bound, size=(out_features, in_features))
            bound = 1 / np.sqrt(in_features)
            self.bias = rng.uniform(-bound, bound, size=out_features)


class DrawsOneNumberForAll:
    """All your weights are one and the same number. How many numbers have to be drawn, and which
    argument says so?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.weight = np.full((out_features, in_features), rng.uniform(-bound, bound))
            self.bias = np.full(out_features, rng.uniform(-bound, bound))


class BoundsOnlyTheWeights:
    """Your biases spread from -1 to 1. Which bound holds for them?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.bias = rng.uniform(-1, 1, size=out_features)


class MakesItsOwnGenerator:
    """With a fixed seed inside, all your layers start with the same numbers. Who should decide
    about the randomness?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, np.random.default_rng(0))


class UsesTheGlobalGenerator:
    """`np.random.uniform` draws from a generator that everybody shares. Which one were you
    given?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            bound = 1 / np.sqrt(in_features)
            self.weight = np.random.uniform(-bound, bound, size=(out_features, in_features))
            self.bias = np.random.uniform(-bound, bound, size=out_features)


class ReusesAWeightAsTheBias:
    """Your bias repeats a column of the weights. Is it drawn by itself?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self.bias = self.weight[:, 0].copy()


# --- the rule ---------------------------------------------------------------------------------


class LeavesOutTheTranspose:
    """Print the shapes of both factors. Which axis of W has the length of x's last one?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight + self.bias


class PutsTheWeightsOnTheLeft:
    """That works for one vector. In a batch the features lie along the last axis: which axis of x
    does `@` meet when x stands on the right?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return self.weight @ x + self.bias


class TransposesThereAndBack:
    """You add the bias while samples lie along the last axis. Along which axis does it belong, and
    what does .T do to three axes?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return (self.weight @ x.T + self.bias).T


class ReshapesInsteadOfTransposing:
    """The shapes fit now, but the numbers are in other places. Does reshape swap axes?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.reshape(self.weight.shape[::-1]) + self.bias


class ForgetsTheBias:
    """Send x = 0 through the layer. What should come out?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T


class SubtractsTheBias:
    """For x = 0 you answer -b. With which sign does the bias stand in y = W x + b?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T - self.bias


class AddsTheFirstBiasToAll:
    """Every neuron has a bias of its own. Which one do yours get?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T + self.bias[0]


class AddsAllBiasesToEach:
    """Every neuron gets the sum of all biases. Which of the numbers in b is its own?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T + self.bias.sum()


class MultipliesByTheBias:
    """For x = 0 you answer 0. By which operation does the bias join the weighted sum?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T * self.bias


class MultipliesEntryByEntry:
    """x * W pairs entries at the same place. Which operation gives the dot product of x with each
    row of W?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x * self.weight + self.bias


class KeepsTheFirstWeights:
    """Your forward uses the arrays of the start, even after others were put in their place. From
    where should it take them, and when?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self._turned, self._first = self.weight.T, self.bias

        @classmethod
        def from_torch(cls, layer):
            source = super().from_torch(layer)
            new = cls(layer.in_features, layer.out_features, np.random.default_rng(0))
            new.weight, new.bias = source.weight, source.bias
            return new

        def forward(self, x):
            return x @ self._turned + self._first


class ReturnsTheInputToo:
    """You return a pair: the output, and x for the way back. What does the docstring ask for, and
    what would the next layer do with a tuple?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x @ self.weight.T + self.bias, x


class ForgetsToReturnTheOutput:
    """Your forward returns nothing. What does the next layer work with?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            x @ self.weight.T + self.bias


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for sizes that do not fit, and which statement makes one?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            assert x.shape[-1] == self.weight.shape[1]
            return x @ self.weight.T + self.bias


class ReturnsNoneInsteadOfRaising:
    """Where the sizes do not fit you give back None, and the caller goes on with it. How does the
    docstring say that there is no answer?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            fits = x.shape[-1] == self.weight.shape[1]
            return x @ self.weight.T + self.bias if fits else None


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            if x.shape[-1] != self.weight.shape[1]:
                raise Exception("other sizes")
            return x @ self.weight.T + self.bias


class AppliesAnActivation:
    """A linear layer may answer with negative numbers. Is an activation part of y = W x + b?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return np.maximum(x @ self.weight.T + self.bias, 0)


class LosesTheLeadingAxes:
    """You lay all samples in one long batch. Which shape did they have when they came?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return x.reshape(-1, self.weight.shape[1]) @ self.weight.T + self.bias


class MakesABatchOfOne:
    """A single vector becomes a batch of one row. Which shape does one input ask for?"""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return np.atleast_2d(x) @ self.weight.T + self.bias


class LetsBroadcastingFillIn:
    """Your product stretches an input with one feature until it fits. Compare its last axis with W
    first."""

    class LinearNumpy(LinearNumpy):
        def forward(self, x):
            return (x[..., np.newaxis, :] * self.weight).sum(axis=-1) + self.bias


class DrawsAgainAtEveryCall:
    """Your layer answers the same input differently each time. When is the moment to draw its
    weights?"""

    class LinearNumpy(LinearNumpy):
        def __init__(self, in_features, out_features, rng):
            super().__init__(in_features, out_features, rng)
            self._new = lambda: type(self)(in_features, out_features, rng)

        def forward(self, x):
            new = self._new()
            return x @ new.weight.T + new.bias


# --- copies from PyTorch ----------------------------------------------------------------------


class TransposesTheCopy:
    """nn.Linear(in, out) stores its weight, too. Print its shape: does it need to be turned?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            new.weight = new.weight.T
            return new


class ForgetsToCopyTheBias:
    """Your copy starts with another bias than the layer it was made from. Which of the two arrays
    is still random?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            out_features, in_features = layer.weight.shape
            new = cls(in_features, out_features, np.random.default_rng(0))
            new.weight = layer.weight.detach().numpy().copy()
            return new


class ExpectsABias:
    """A layer made with bias=False has None as its bias. What does y = W x + b become then?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            layer.bias.detach()
            return super().from_torch(layer)


class KeepsARandomBias:
    """A layer without a bias adds nothing. What does your copy of it add?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            if layer.bias is None:
                new.bias = np.random.default_rng(0).uniform(-1, 1, size=new.bias.shape)
            return new


class MakesTheMissingBiasANumber:
    """Where the other layer has no bias, yours has a single 0. It gives the same sums, but which
    shape does the docstring promise?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            if layer.bias is None:
                new.bias = 0.0
            return new


class KeepsNoneForTheBias:
    """Where the other layer has no bias, yours has None. Which array does the docstring ask for
    then, and what would the sum do with None?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            if layer.bias is None:
                new.bias = None
            return new

        def forward(self, x):
            y = x @ self.weight.T
            return y if self.bias is None else y + self.bias


class ForgetsToReturnTheCopy:
    """from_torch makes a layer and gives back nothing. Which statement hands it to the caller?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            super().from_torch(layer)


class ForgetsToCopyTheWeights:
    """Your copy starts with other weights than the layer it was made from. Which of the two arrays
    is still random?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            source = super().from_torch(layer)
            new = cls(layer.in_features, layer.out_features, np.random.default_rng(0))
            new.bias = source.bias
            return new


class SharesTheMemory:
    """`.numpy()` opens a window on the tensor's own numbers. What happens to your copy when PyTorch
    goes on training?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            new.weight = layer.weight.detach().numpy()
            if layer.bias is not None:
                new.bias = layer.bias.detach().numpy()
            return new


class KeepsTensors:
    """Your copy holds PyTorch tensors. What should a NumPy layer hold?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            new.weight = layer.weight.detach().clone()
            new.bias = new.weight.new_zeros(len(new.weight))
            if layer.bias is not None:
                new.bias = layer.bias.detach().clone()
            return new


class ForgetsToDetach:
    """A parameter is under autograd's eye and refuses `.numpy()`. Which call gives you its numbers
    without the recording?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            new = super().from_torch(layer)
            new.weight = layer.weight.numpy().copy()
            return new


class CopiesIntoSwappedShapes:
    """`weight.shape` is (out, in) and the constructor takes (in, out). In which order do you hand
    the two over?"""

    class LinearNumpy(LinearNumpy):
        @classmethod
        def from_torch(cls, layer):
            source = super().from_torch(layer)
            new = cls(*layer.weight.shape, np.random.default_rng(0))
            new.weight[:], new.bias[:] = source.weight, source.bias
            return new
