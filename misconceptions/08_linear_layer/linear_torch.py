"""Wrong ideas about nn.Linear: what is registered, what is stored, what is recorded."""

import math

import torch
from torch import nn


def _start(layer, inputs, outputs, bias, bound):
    """Both parameters, drawn evenly within one bound, the weight first."""
    nn.Module.__init__(layer)
    layer.weight = nn.Parameter(torch.empty(outputs, inputs).uniform_(-bound, bound))
    layer.bias = nn.Parameter(torch.empty(outputs).uniform_(-bound, bound)) if bias else None


# --- parameters -------------------------------------------------------------------------------


class StoresInByOut:
    """nn.Linear(in, out) stores its weight with one row for each output. Which shape do you give
    yours?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, False, 1 / math.sqrt(in_features))
            self.weight = nn.Parameter(self.weight.detach().reshape(in_features, out_features))
            if bias:
                bound = 1 / math.sqrt(in_features)
                self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound))

        def forward(self, x):
            y = x @ self.weight
            return y if self.bias is None else y + self.bias


class StoresPlainTensors:
    """`parameters()` of your layer is empty, so no optimizer will train it. What makes a tensor a
    parameter, and can the module see it (in a list it cannot)?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            for name in ("weight", "bias"):
                values = getattr(self, name)
                delattr(self, name)
                setattr(self, name, None if values is None else values.detach().requires_grad_())


class RegistersBuffers:
    """A buffer is saved with the module but never trained. What must the optimizer be able to
    find?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            for name in ("weight", "bias"):
                values = getattr(self, name)
                delattr(self, name)
                self.register_buffer(name, None if values is None else values.detach())


class NamesThemWAndB:
    """state_dict uses the names of the attributes. Which names does nn.Linear have there?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            self.W, self.b = self.weight, self.bias
            del self.weight, self.bias

        def forward(self, x):
            y = x @ self.W.T
            return y if self.b is None else y + self.b


class NamesThemInThePlural:
    """state_dict uses the names of the attributes, letter by letter. Which names does nn.Linear
    have there?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            self.weights, self.biases = self.weight, self.bias
            del self.weight, self.bias

        def forward(self, x):
            y = x @ self.weights.T
            return y if self.biases is None else y + self.biases


class FreezesTheBias:
    """Your bias requires no gradient, so it will never be trained. Is it a parameter like the
    weight?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            if self.bias is not None:
                self.bias.requires_grad_(False)


class MakesTheBiasARow:
    """A bias of shape (1, out) has two axes, and state_dict hands it on like that. Which shape has
    the bias of nn.Linear?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            if self.bias is not None:
                self.bias = nn.Parameter(self.bias.detach()[None].clone())


class MakesTheBiasAColumn:
    """A bias of shape (out, 1) is a column. Along which axis of the output do neurons lie?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            if self.bias is not None:
                self.bias = nn.Parameter(self.bias.detach()[:, None].clone())


class HasOneBiasForAll:
    """Your neurons share one bias. Could one of them then fire early and another late?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            if self.bias is not None:
                self.bias = nn.Parameter(self.bias.detach()[:1].clone())


class UsesDoublePrecision:
    """PyTorch's layers hold float32. In which dtype do you make your parameters?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            self.double()


class ForgetsTheModulesOwnStart:
    """A module needs to set up its books before it can register anything. Which line comes first
    in `__init__`?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            self.weight = nn.Parameter(torch.zeros(out_features, in_features))
            self.bias = nn.Parameter(torch.zeros(out_features))


class AlwaysHasABias:
    """`bias=False` changes nothing in your layer. What should its bias be then?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features)


class MakesTheMissingBiasZero:
    """A bias of zeros is a bias all the same, and as a parameter it would not stay zero. What does
    nn.Linear have in its place?"""

    __sizes__ = (1,)  # a plain tensor

    class LinearTorch(LinearTorch):
        size = 0

        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features)
            if not bias:
                nn.init.zeros_(self.bias)
            if not bias and self.size:
                del self.bias
                self.bias = torch.zeros(out_features)


class ForgetsTheMissingBias:
    """Without a bias your layer has no attribute of that name. Which value should it have, so that
    others can ask for it?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            if not bias:
                del self.bias

        def forward(self, x):
            y = x @ self.weight.T
            return y + self.bias if "bias" in self._parameters else y


class AddsNone:
    """Your forward adds the bias in any case. What does it do when the bias is None?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            return x @ self.weight.T + self.bias


# --- the starting values ----------------------------------------------------------------------


class StartsTheBiasAtZero:
    """It is often said that biases start at zero. Print the bias of a new nn.Linear: what do you
    see?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, False, 1 / math.sqrt(in_features))
            self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None


class StartsFromABell:
    """torch.randn has no bounds, and its spread does not depend on the number of inputs. Which
    range is asked for?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            nn.Module.__init__(self)
            self.weight = nn.Parameter(torch.randn(out_features, in_features))
            self.bias = nn.Parameter(torch.randn(out_features)) if bias else None


class StartsFromZeroToOne:
    """torch.rand draws from 0 to 1. Where should the range begin and end?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            nn.Module.__init__(self)
            self.weight = nn.Parameter(torch.rand(out_features, in_features))
            self.bias = nn.Parameter(torch.rand(out_features)) if bias else None


class LeavesOutTheRoot:
    """Your numbers stay within 1/in. What stands under the fraction line of the bound?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, bias, 1 / in_features)


class StartsFromASmallBell:
    """A hundredth of a normal number is small for every layer, however many inputs it has. Which
    distribution is asked for, and what sets its bounds?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            nn.Module.__init__(self)
            self.weight = nn.Parameter(0.01 * torch.randn(out_features, in_features))
            self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None


class StartsFromAScaledBell:
    """A normal distribution has no bounds, whatever its scale. Which distribution is even between
    two numbers and zero elsewhere?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            nn.Module.__init__(self)
            scale = 1 / math.sqrt(in_features)
            self.weight = nn.Parameter(scale * torch.randn(out_features, in_features))
            self.bias = nn.Parameter(scale * torch.randn(out_features)) if bias else None


class StartsEverythingAtZero:
    """With zeros all neurons start alike, get the same gradient and stay alike. What makes them
    different?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            nn.Module.__init__(self)
            self.weight = nn.Parameter(torch.zeros(out_features, in_features))
            self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None


class StartsFromMinusOneToOne:
    """Your numbers spread from -1 to 1, whatever the layer. What makes the range of a layer with
    many inputs smaller?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, bias, 1.0)


class TakesTheBoundFromTheOutputs:
    """A neuron sums over its inputs. The number of which of the two sets the bound?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, bias, 1 / math.sqrt(out_features))


class TakesGlorotsBound:
    """√(6 / (in + out)) is the bound of Glorot, also called Xavier. Which bound does the docstring
    give, and do the outputs play a part in it?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(
                self, in_features, out_features, False, math.sqrt(6 / (in_features + out_features))
            )
            bound = 1 / math.sqrt(in_features)
            values = torch.empty(out_features).uniform_(-bound, bound)
            self.bias = nn.Parameter(values) if bias else None


class TakesKaimingsBound:
    """√(6 / in) is the bound of Kaiming for layers before a ReLU, also called He, and what
    kaiming_uniform_ takes unless told otherwise. Which bound does the docstring give?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            _start(self, in_features, out_features, False, math.sqrt(6 / in_features))
            bound = 1 / math.sqrt(in_features)
            values = torch.empty(out_features).uniform_(-bound, bound)
            self.bias = nn.Parameter(values) if bias else None


class StartsAllLayersAlike:
    """You set the seed inside the layer. What do two layers of one size have in common then?"""

    class LinearTorch(LinearTorch):
        def __init__(self, in_features, out_features, bias=True):
            super().__init__(in_features, out_features, bias)
            bound = 1 / math.sqrt(in_features)
            generator = torch.Generator()
            generator.manual_seed(0)
            with torch.no_grad():
                for parameter in self.parameters():
                    parameter.uniform_(-bound, bound, generator=generator)


# --- the rule ---------------------------------------------------------------------------------


class LeavesOutTheTranspose:
    """The weight is stored as (out, in). Which of its axes must meet the last axis of x?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = x @ self.weight
            return y if self.bias is None else y + self.bias


class PutsTheWeightsOnTheLeft:
    """That works for one vector. In a batch the features lie along the last axis: which axis of x
    does `@` meet when x stands on the right?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = self.weight @ x
            return y if self.bias is None else y + self.bias


class AppliesAnActivation:
    """A linear layer may answer with negative numbers. Is an activation part of y = W x + b?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            return super().forward(x).relu()


class TakesOnlyMatrices:
    """torch.mm multiplies two matrices and nothing else. What can `@` do with one vector, or with
    three axes?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = torch.mm(x, self.weight.t())
            return y if self.bias is None else y + self.bias


class LosesTheLeadingAxes:
    """You lay all samples in one long batch. Which shape did they have when they came?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = x.reshape(-1, self.weight.shape[1]) @ self.weight.T
            return y if self.bias is None else y + self.bias


class ForgetsTheBias:
    """Send x = 0 through the layer. What should come out?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            return x @ self.weight.T


class SubtractsTheBias:
    """For x = 0 you answer -b. With which sign does the bias stand in y = W x + b?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = x @ self.weight.T
            return y if self.bias is None else y - self.bias


class AddsAllBiasesToEach:
    """Every neuron gets the sum of all biases. Which of the numbers in b is its own?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = x @ self.weight.T
            return y if self.bias is None else y + self.bias.sum()


class CountsTheBiasForEachInput:
    """Your bias is multiplied by the number of inputs. At which step does it join: before the sum
    or after it?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            if self.bias is None:
                return x @ self.weight.T
            products = x[..., None, :] * self.weight
            return (products + self.bias[:, None]).sum(-1)


class ReadsTheData:
    """`.data` steps around autograd. What does weight.grad hold after backward?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            y = x @ self.weight.data.T
            return y if self.bias is None else y + self.bias.data


class CutsTheGraph:
    """Your output no longer knows where it came from, so nothing can be trained through it. Which
    call cuts the recording?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            return super().forward(x).detach()


class DrawsAgainAtEveryCall:
    """Your layer is a new one at each call. When is the moment to draw its weights?"""

    class LinearTorch(LinearTorch):
        def forward(self, x):
            out_features, in_features = self.weight.shape
            new = type(self)(in_features, out_features, self.bias is not None)
            y = x @ new.weight.T
            return y if new.bias is None else y + new.bias


# --- copy_weights -----------------------------------------------------------------------------


def _check(layer, W, b):
    if W.shape != tuple(layer.weight.shape) or b.shape != tuple(layer.bias.shape):
        raise ValueError("wrong shape")


class MakesNewParameters:
    """An optimizer still holds the old parameters. How do you change their numbers without
    changing the objects?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.weight = nn.Parameter(torch.tensor(W, dtype=layer.weight.dtype))
        layer.bias = nn.Parameter(torch.tensor(b, dtype=layer.bias.dtype))


class BringsInDoubles:
    """NumPy's numbers are float64 and a layer's float32. In which dtype are the parameters
    afterwards?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.weight = nn.Parameter(torch.tensor(W))
        layer.bias = nn.Parameter(torch.tensor(b))


class PutsInPlainTensors:
    """A module takes only a parameter in the place of a parameter. Is it the object you want to
    replace, or its numbers?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.weight = torch.from_numpy(W)
        layer.bias = torch.from_numpy(b)


class WritesUnderAutograd:
    """Autograd refuses writing into a leaf that it watches. Which context tells it to look away?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.weight.copy_(torch.from_numpy(W))
        layer.bias.copy_(torch.from_numpy(b))


class SharesTheMemory:
    """Your parameters are a window on the arrays. What happens to W when the layer is trained?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.weight.data = torch.from_numpy(W).to(layer.weight.dtype)
        layer.bias.data = torch.from_numpy(b).to(layer.bias.dtype)


class FreezesTheLayer:
    """You switched the gradients off to write, and they are still off. Can the layer be trained
    afterwards?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        layer.requires_grad_(False)
        layer.weight.copy_(torch.from_numpy(W))
        layer.bias.copy_(torch.from_numpy(b))


class ForgetsTheBiasOfTheArrays:
    """One of the two arrays never arrives in the layer. Which one?"""

    def copy_weights(layer, W, b):
        _check(layer, W, b)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W))


class LetsCopyRepeat:
    """`copy_` broadcasts: a single row fills all rows without a word. What do you compare before
    you copy?"""

    def copy_weights(layer, W, b):
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W))
            layer.bias.copy_(torch.from_numpy(b))


class ComparesOnlyTheSizes:
    """As many numbers can be laid out in another shape. Is the count all that has to be equal?"""

    def copy_weights(layer, W, b):
        if W.size != layer.weight.numel() or b.size != layer.bias.numel():
            raise ValueError("wrong size")
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W).reshape(layer.weight.shape))
            layer.bias.copy_(torch.from_numpy(b).reshape(layer.bias.shape))


class ChecksTheBiasTooLate:
    """You refuse a wrong b when W is already written. In which order do checks and copies
    stand?"""

    def copy_weights(layer, W, b):
        with torch.no_grad():
            if W.shape != tuple(layer.weight.shape):
                raise ValueError("wrong shape")
            layer.weight.copy_(torch.from_numpy(W))
            if b.shape != tuple(layer.bias.shape):
                raise ValueError("wrong shape")
            layer.bias.copy_(torch.from_numpy(b))


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for arrays that do not fit, and which statement makes one?"""

    def copy_weights(layer, W, b):
        assert W.shape == tuple(layer.weight.shape)
        assert b.shape == tuple(layer.bias.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W))
            layer.bias.copy_(torch.from_numpy(b))


class SkipsWhatDoesNotFit:
    """Arrays that do not fit are not copied, and nobody hears of it. How does the docstring say
    that a layer was left as it is?"""

    def copy_weights(layer, W, b):
        if W.shape == tuple(layer.weight.shape) and b.shape == tuple(layer.bias.shape):
            with torch.no_grad():
                layer.weight.copy_(torch.from_numpy(W))
                layer.bias.copy_(torch.from_numpy(b))


class LeavesTheErrorToPyTorch:
    """load_state_dict does refuse other shapes, but with a RuntimeError. Which exception does the
    docstring ask for?"""

    def copy_weights(layer, W, b):
        layer.load_state_dict({"weight": torch.from_numpy(W), "bias": torch.from_numpy(b)})


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def copy_weights(layer, W, b):
        if W.shape != tuple(layer.weight.shape) or b.shape != tuple(layer.bias.shape):
            raise Exception("wrong shape")
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(W))
            layer.bias.copy_(torch.from_numpy(b))
