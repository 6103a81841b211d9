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
