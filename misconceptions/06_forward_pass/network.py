"""Wrong ideas about a chain of layers."""

import numpy as np

# --- the forward pass -------------------------------------------------------------------------


class ForgetsTheReLU:
    """Without a bend between them your layers are worth a single one. What happens to the hidden
    neurons' results before the next layer gets them?"""

    def forward(layers, X):
        return _run(layers, X, activate=lambda Z: Z)

    def forward_torch(layers, X):
        return _run(layers, X, activate=lambda Z: Z)


class AppliesReLUAfterTheLast:
    """Your network can never answer with a negative number. Between which layers does ReLU act?"""

    def forward(layers, X):
        return _positive(_run(layers, X))

    def forward_torch(layers, X):
        return _positive(_run(layers, X))


class AppliesReLUOnlyAfterTheLast:
    """You let the hidden layers pass everything and cut the answer. Where does the bend belong, and
    where not?"""

    def forward(layers, X):
        return _positive(_run(layers, X, activate=lambda Z: Z))

    def forward_torch(layers, X):
        return _positive(_run(layers, X, activate=lambda Z: Z))


class AppliesReLUToTheInput:
    """You cut the features of the samples at 0. The input is no layer's result: where does the
    first ReLU act?"""

    def forward(layers, X):
        return _run(layers, _positive(X))

    def forward_torch(layers, X):
        return _run(layers, _positive(X))


class AppliesReLUBeforeTheBias:
    """Your bias comes after the ReLU, so it cannot decide who fires. What is the order of the three
    steps in a layer?"""

    def forward(layers, X):
        *hidden, (W, b) = layers
        _require(layers, X)
        for w, c in hidden:
            X = _positive(X @ w.T) + c
        return X @ W.T + b

    def forward_torch(layers, X):
        *hidden, (W, b) = layers
        for w, c in hidden:
            X = _positive(X @ w.T) + c
        return X @ W.T + b


class ForgetsTheBiases:
    """For X = 0 your network answers 0, whatever its biases are. Which part of each pair (W, b) do
    you not use?"""

    def forward(layers, X):
        _require(layers, X)
        return _run([(W, 0.0) for W, _ in layers], X, check=False)

    def forward_torch(layers, X):
        return _run([(W, 0.0) for W, _ in layers], X, check=False)


class ForgetsToTranspose:
    """Without a transpose, rows of X meet columns of W. Where are one neuron's weights? A square W
    does not complain."""

    def forward(layers, X):
        _require(layers, X)
        return _run([(W.T, b) for W, b in layers], X, check=False)

    def forward_torch(layers, X):
        return _run([(W.T, b) for W, b in layers], X, check=False)


class StartsFromTheLastLayer:
    """You go through the list from behind. Which pair does the input meet first?"""

    def forward(layers, X):
        _require(layers, X)
        return _run(layers[::-1], X, check=False)

    def forward_torch(layers, X):
        return _run(layers[::-1], X, check=False)


class FeedsTheInputToEveryLayer:
    """Each of your layers reads the samples themselves. What is the input of the second one?"""

    def forward(layers, X):
        _require(layers, X)
        for W, b in layers:
            Z = X @ W.T + b
        return Z

    def forward_torch(layers, X):
        for W, b in layers:
            Z = X @ W.T + b
        return Z


class StopsAtTheHiddenLayer:
    """You return what the hidden neurons say. Which layer has not had its turn?"""

    def forward(layers, X):
        _require(layers, X)
        for W, b in layers[:-1]:
            X = _positive(X @ W.T + b)
        return X

    def forward_torch(layers, X):
        for W, b in layers[:-1]:
            X = _positive(X @ W.T + b)
        return X


class TakesOneHiddenLayerOnly:
    """You wrote down two layers. A chain may have one layer, or five: how do you treat the last one
    apart from all the others?"""

    def forward(layers, X):
        _require(layers, X)
        (W1, b1), (W2, b2) = layers[0], layers[1]
        return _positive(X @ W1.T + b1) @ W2.T + b2

    def forward_torch(layers, X):
        (W1, b1), (W2, b2) = layers[0], layers[1]
        return _positive(X @ W1.T + b1) @ W2.T + b2


class UsesUpTheLayers:
    """pop takes the last layer out of the caller's list, and the network is gone after one run. How
    do you reach the last entry and leave the list alone?"""

    def forward(layers, X):
        _require(layers, X)
        W, b = layers.pop()
        for w, c in layers:
            X = _positive(X @ w.T + c)
        return X @ W.T + b

    def forward_torch(layers, X):
        W, b = layers.pop()
        for w, c in layers:
            X = _positive(X @ w.T + c)
        return X @ W.T + b


class SqueezesBetweenTheLayers:
    """Between your layers acts the sigmoid, and nothing in a hidden layer exceeds 1. Which
    activation does this network have?"""

    def forward(layers, X):
        return _run(layers, X, activate=lambda Z: 1 / (1 + np.exp(-Z)))

    def forward_torch(layers, X):
        return _run(layers, X, activate=lambda Z: Z.sigmoid())


class AddsAllBiasesToEach:
    """Every neuron of a layer gets the sum of its biases. Which of the numbers in b belongs to
    neuron j?"""

    def forward(layers, X):
        _require(layers, X)
        return _run([(W, b.sum()) for W, b in layers], X, check=False)

    def forward_torch(layers, X):
        return _run([(W, b.sum()) for W, b in layers], X, check=False)


class PutsSamplesInColumns:
    """Your answer has one column for each sample. Where do samples lie in X, and where should they
    lie in the answer?"""

    def forward(layers, X):
        return _run(layers, X).T

    def forward_torch(layers, X):
        return _run(layers, X).T


class TakesTheTanhBetween:
    """Between your layers acts tanh, and nothing in a hidden layer exceeds 1. Which activation does
    this network have?"""

    def forward(layers, X):
        return _run(layers, X, activate=np.tanh)

    def forward_torch(layers, X):
        return _run(layers, X, activate=lambda Z: Z.tanh())


class TakesTheMagnitudeBetween:
    """A strongly negative pre-activation makes a hidden neuron fire strongly in your network. What
    does ReLU make of it?"""

    def forward(layers, X):
        return _run(layers, X, activate=abs)

    def forward_torch(layers, X):
        return _run(layers, X, activate=abs)


class EndsWithASoftmax:
    """Your answers are positive and each row adds up to 1: that is a softmax. Which activation does
    the docstring put after the last layer?"""

    def forward(layers, X):
        Z = _run(layers, X)
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward_torch(layers, X):
        return _run(layers, X).softmax(1)


class EndsWithASigmoid:
    """Your answers lie between 0 and 1: that is a sigmoid. Which activation does the docstring put
    after the last layer?"""

    def forward(layers, X):
        return 1 / (1 + np.exp(-_run(layers, X)))

    def forward_torch(layers, X):
        return _run(layers, X).sigmoid()


class ReturnsEveryLayer:
    """You return a list with what each layer made. Which of these results is the network's
    answer?"""

    def forward(layers, X):
        _require(layers, X)
        *hidden, (W, b) = layers
        made = []
        for w, c in hidden:
            X = _positive(X @ w.T + c)
            made.append(X)
        return [*made, X @ W.T + b]

    def forward_torch(layers, X):
        *hidden, (W, b) = layers
        made = []
        for w, c in hidden:
            X = _positive(X @ w.T + c)
            made.append(X)
        return [*made, X @ W.T + b]


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which of your steps could be done by the tensors themselves?"""

    def forward_torch(layers, X):
        import torch

        arrays = [(W.detach().numpy(), b.detach().numpy()) for W, b in layers]
        return torch.from_numpy(_run(arrays, X.numpy()))


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which names do the arguments come in?"""

    def forward(layers, X):
        return _run(network, X)

    def collapse(first, second):
        return W2 @ W1, W2 @ b1 + b2

    def silent_share(Z):
        return float((Z1 <= 0).mean())

    forward_torch = forward


class CutsTheGradientOff:
    """The answers are right, but autograd finds no way from them back to X. Which step leaves the
    world of recorded operations?"""

    def forward_torch(layers, X):
        return _run(layers, X.detach())


# --- shapes -----------------------------------------------------------------------------------


class RunsWhateverRuns:
    """NumPy stops at most layers that do not fit, but stretches a bias of shape (1,) or (m, 1), or
    makes more rows of it. What can you compare before you compute?"""

    def forward(layers, X):
        return _run(layers, X, check=False)


class LooksAtTheWeightsOnly:
    """The weights fit, so you are content. Which shape must each b have?"""

    def layer_sizes(layers):
        return _sizes(layers, biases=False)


class LooksAtTheBiasesOnly:
    """You check each layer by itself. What must be true of two layers that follow each other?"""

    def layer_sizes(layers):
        return _sizes(layers, weights=False)


class ComparesOnlyTheBiasLengths:
    """A column of shape (m, 1) has length m as well, and stretches the result to the wrong shape.
    What else must be equal besides len?"""

    def layer_sizes(layers):
        _sizes(layers, biases=False)
        if any(len(b) != len(W) for W, b in layers):
            raise ValueError
        return _sizes(layers, biases=False)


class ReadsShapesUnchecked:
    """You read the widths of any list of matrices, whether they make a chain or not. Which shapes
    must agree, and what should the caller hear if they do not?"""

    def layer_sizes(layers):
        return _sizes(layers, weights=False, biases=False)


class CountsTheBiasesOnly:
    """A row of shape (1, m) and a column of shape (m, 1) hold m numbers as well, and stretch the
    result to another shape. What else must be equal besides size?"""

    def layer_sizes(layers):
        if any(b.size != len(W) for W, b in layers):
            raise ValueError
        return _sizes(layers, biases=False)


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for layers that do not fit, and which statement makes one?"""

    def layer_sizes(layers):
        try:
            return _sizes(layers)
        except ValueError:
            raise AssertionError from None

    def forward(layers, X):
        try:
            return _run(layers, X)
        except ValueError:
            raise AssertionError from None


class ReturnsNoneInsteadOfRaising:
    """Where the layers do not fit you give back None, and the caller goes on with it. How does the
    docstring say that there is no such network?"""

    def layer_sizes(layers):
        try:
            return _sizes(layers)
        except ValueError:
            return None

    def forward(layers, X):
        try:
            return _run(layers, X)
        except ValueError:
            return None


class RaisesAnotherException:
    """You refuse layers that do not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def layer_sizes(layers):
        try:
            return _sizes(layers)
        except ValueError:
            raise Exception from None

    def forward(layers, X):
        try:
            return _run(layers, X)
        except ValueError:
            raise Exception from None


class SwapsInputsAndNeurons:
    """You start with the rows of the first W and go on with the columns of all. Which of the two
    sizes of a W counts its inputs?"""

    def layer_sizes(layers):
        return [layers[0][0].shape[0], *(W.shape[1] for W, _ in layers)]


class ForgetsTheInputs:
    """You list the neurons of each layer. How does a reader learn how many numbers a sample has?"""

    def layer_sizes(layers):
        return _sizes(layers)[1:]


class ForgetsTheAnswer:
    """You list how many inputs each layer takes. How many numbers come out at the end?"""

    def layer_sizes(layers):
        return _sizes(layers)[:-1]


class ReadsWidthsBackward:
    """You start with the answer and end with the input. In which order do the samples pass?"""

    def layer_sizes(layers):
        return _sizes(layers)[::-1]


class ListsTheShapes:
    """You return a pair for each layer, in which every width between two layers comes twice. Which
    list of single widths is asked for?"""

    def layer_sizes(layers):
        _sizes(layers)
        return [W.shape for W, _ in layers]


class ListsEveryWidthTwice:
    """Your list holds inputs and neurons of each layer, so every width between two layers comes
    twice. Which of them is new when a layer is added?"""

    def layer_sizes(layers):
        _sizes(layers)
        return [size for W, _ in layers for size in W.shape[::-1]]


class AnswersWithATuple:
    """The widths are right, but they lie in a tuple. What does the docstring ask for?"""

    def layer_sizes(layers):
        return tuple(_sizes(layers))


# --- parameters -------------------------------------------------------------------------------


class CountsWeightsOnly:
    """A network learns its biases as well. How many of them has a layer of m neurons?"""

    def parameter_count(layers):
        return sum(W.size for W, _ in layers)


class AddsTheTwoSizes:
    """You add inputs and neurons. Each neuron has a weight for every input: how many connections
    are that?"""

    def parameter_count(layers):
        return sum(sum(W.shape) for W, _ in layers)


class GivesEachInputABias:
    """You count one bias for each input of a layer. To what does a bias belong, to an input or to a
    neuron?"""

    def parameter_count(layers):
        return sum(W.size + W.shape[1] for W, _ in layers)


class GivesEachLayerOneBias:
    """You count one bias for each layer. How many numbers are there in b?"""

    def parameter_count(layers):
        return sum(W.size + 1 for W, _ in layers)


class CountsTheLastLayerOnly:
    """You count the parameters of one layer. What about the ones before it?"""

    def parameter_count(layers):
        W, b = layers[-1]
        return W.size + b.size


class CountsNeurons:
    """You count neurons. What a network learns are the numbers each of them holds: how many are
    these?"""

    def parameter_count(layers):
        return sum(b.size for _, b in layers)


class CountsRows:
    """len of a matrix is the number of its rows. How many entries are there in W?"""

    def parameter_count(layers):
        return sum(len(W) + len(b) for W, b in layers)


class CountsTheFirstLayerOnly:
    """You count the parameters of the first layer. How far is your return indented, and what about
    the layers behind it?"""

    def parameter_count(layers):
        W, b = layers[0]
        return W.size + b.size


class CountsEachLayer:
    """You have one count for each layer. Which single number covers the whole network?"""

    def parameter_count(layers):
        return [W.size + b.size for W, b in layers]


# --- the collapse -----------------------------------------------------------------------------


class MultipliesInReadingOrder:
    """W₁ acts first, so it must stand next to x. On which side of the product is x?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W1 @ W2, W2 @ b1 + b2


class AddsTheBiases:
    """b₁ enters the second layer together with W₁x. What does the second layer do to everything
    that it gets?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, b1 + b2


class AddsTheSumOfTheFirstBias:
    """Every output gets the sum of all entries of b₁. With which weights do they arrive at the
    second layer's neuron i?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, b1.sum() + b2


class PutsTheFirstBiasOnTheLeft:
    """b₁ stands on the left of W₂, so it meets columns. Which numbers of W₂ belong to one neuron:
    those of a row or those of a column?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, b1 @ W2 + b2


class ScalesByTheFirstBias:
    """W₂ * b₁ is a table of products, one for each pair of neurons. What has to be done with each
    of its rows before b₂ is added?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, W2 * b1 + b2


class TakesTheLastForTheFirst:
    """You let the second layer act first. Which of the two does x meet, and which one gets its
    result?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W1 @ W2, W1 @ b2 + b1


class ReturnsTheWeightsOnly:
    """You return a matrix. A layer has a second part: which one, and what is it for x = 0?"""

    def collapse(first, second):
        (W1, _), (W2, _) = first, second
        return W2 @ W1


class ListsTheLayer:
    """The two arrays are right, but they lie in a list. What does the docstring ask for?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return [W2 @ W1, W2 @ b1 + b2]


class DropsTheFirstBias:
    """For x = 0 the first layer gives b₁, and the second makes something of it. Where is that in
    your b?"""

    def collapse(first, second):
        (W1, _), (W2, b2) = first, second
        return W2 @ W1, b2


class DropsTheSecondBias:
    """You have what becomes of the first bias. What does the second layer add to it?"""

    def collapse(first, second):
        (W1, b1), (W2, _) = first, second
        return W2 @ W1, W2 @ b1


class WeighsBothBiases:
    """W₂ acts on what leaves the first layer. Is b₂ part of that, or is it added later?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, W2 @ (b1 + b2)


class AddsTheWeights:
    """You add the matrices. Do the two layers read the same input side by side, or does the second
    read what the first one made?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 + W1, W2 @ b1 + b2


class MultipliesEntryByEntry:
    """* pairs entries in the same place. How does entry j of x reach entry i of the answer, over
    all the hidden neurons?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 * W1, W2 @ b1 + b2


class TransposesTheCollapse:
    """Your matrix has a row for each input. Weights are kept with one row for each neuron: which
    shape should W have?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W1.T @ W2.T, W2 @ b1 + b2


class PutsReLUInside:
    """You apply ReLU to the weights or biases themselves. It belongs to pre-activations, and here
    there is no activation at all: what is left of the formula?"""

    def collapse(first, second):
        (W1, b1), (W2, b2) = first, second
        return W2 @ W1, W2 @ np.maximum(b1, 0) + b2


# --- silent neurons ---------------------------------------------------------------------------


class ReportsTheFiringShare:
    """You report how many fire. Which part of the whole are the others?"""

    def silent_share(Z):
        return (Z > 0).mean()


class CallsZeroFiring:
    """A pre-activation of exactly 0 becomes 0 as well. Is a neuron that passes on 0 firing?"""

    def silent_share(Z):
        return (Z < 0).mean()


class CountsOnlyZeros:
    """Z comes before ReLU, so silent neurons are rarely exactly 0 there. Which pre-activations does
    ReLU turn into 0?"""

    def silent_share(Z):
        return (Z == 0).mean()


class CountsInsteadOfSharing:
    """You count the silent entries. A share says which part of all entries they are: what do you
    divide by?"""

    def silent_share(Z):
        return (Z <= 0).sum()


class DividesByTheSamples:
    """Your share can exceed 1: it is the number of silent neurons for each sample. How many entries
    are there in all?"""

    def silent_share(Z):
        return (Z <= 0).sum() / len(Z)


class CountsDeadNeurons:
    """You count the neurons that are silent for every sample: these are called dead. Here each
    sample counts by itself, how many entries are silent then?"""

    def silent_share(Z):
        return (Z <= 0).all(axis=0).mean()


class CountsNeuronsSilentOnce:
    """You count a neuron as soon as it is silent for one sample. Here each sample counts by itself:
    how many entries are silent?"""

    def silent_share(Z):
        return (Z <= 0).any(axis=0).mean()


class SharesByNeuron:
    """You have one share for each neuron. Which single number covers the whole layer?"""

    def silent_share(Z):
        return (Z <= 0).mean(axis=0)


class SharesBySample:
    """You have one share for each sample. Which single number covers the whole layer?"""

    def silent_share(Z):
        return (Z <= 0).mean(axis=1)


class DividesByTheNeurons:
    """Your share can exceed 1: it is the number of silent entries for each neuron. How many entries
    are there in all?"""

    def silent_share(Z):
        return (Z <= 0).sum() / Z.shape[1]


class ComparesSilentWithFiring:
    """You divide the silent ones by those that fire. Of which whole is a share a part?"""

    def silent_share(Z):
        return (Z <= 0).sum() / (Z > 0).sum()


class ReportsPercent:
    """A share of one half is 0.5, not 50. Which range does the docstring name?"""

    def silent_share(Z):
        return 100 * (Z <= 0).mean()


def _positive(Z):
    return Z.clip(0)


def _run(layers, X, activate=_positive, check=True):
    if check and isinstance(X, np.ndarray):
        _require(layers, X)
    *hidden, (W, b) = layers
    for w, c in hidden:
        X = activate(X @ w.T + c)
    return X @ W.T + b


def _require(layers, X):
    if X.shape[1] != _sizes(layers)[0]:
        raise ValueError("the first layer does not fit the samples")


def _sizes(layers, weights=True, biases=True):
    sizes = [layers[0][0].shape[1]]
    for W, b in layers:
        if weights and W.shape[1] != sizes[-1]:
            raise ValueError("the weights do not fit")
        if biases and b.shape != W.shape[:1]:
            raise ValueError("the bias does not fit")
        sizes.append(W.shape[0])
    return sizes
