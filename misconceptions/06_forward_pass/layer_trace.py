"""Wrong ideas about the steps inside one layer."""

import numpy as np

# --- the weights ------------------------------------------------------------------------------


class ForgetsToTranspose:
    """Columns of X must meet what has as many entries: are these the rows or the columns of W? With
    a square W nobody warns you."""

    def layer_trace(X, W, b):
        return _steps(X @ W, b)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W, b)


class ReshapesInsteadOfTransposing:
    """reshape gives the shape of the transpose but cuts the same line of numbers anew. Which entry
    of W should stand in row j, column i?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.reshape(W.shape[1], W.shape[0]), b)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.reshape(W.shape[1], W.shape[0]), b)


class PutsSamplesInColumns:
    """Your results have one column for each sample. The next layer expects one row for each: which
    factor comes first, and which is transposed?"""

    def layer_trace(X, W, b):
        return _steps(W @ X.T, b[:, None])

    def layer_trace_torch(X, W, b):
        return _torch_steps(W @ X.T, b[:, None])


# --- the bias ---------------------------------------------------------------------------------


class ForgetsTheBias:
    """For x = 0 the pre-activations must be the bias. What are yours?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, 0.0)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, 0.0)


class GivesEachSampleABias:
    """You turned b into a column, so entry s of it shifts sample s. Does a bias belong to a sample
    or to a neuron?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, b[:, None])

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, b[:, None])


class GivesAllNeuronsOneBias:
    """All columns are shifted by the same number. How many biases does a layer of m neurons
    have?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, b[0])

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, b[0])


class SubtractsTheBias:
    """Here b is a threshold to be overcome. With which sign does it enter the formula?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, -b)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, -b)


class CallsTheSumAProduct:
    """Your product holds the bias already. Which of the three names means X W^T alone?"""

    def layer_trace(X, W, b):
        Z = X @ W.T + b
        return {"product": Z, "Z": Z, "A": np.maximum(Z, 0)}

    def layer_trace_torch(X, W, b):
        Z = X @ W.T + b
        return {"product": Z, "Z": Z, "A": Z.relu()}


# --- the activation ---------------------------------------------------------------------------


class AppliesReLUBeforeTheBias:
    """You cut at 0 and add the bias after that, so it cannot decide who fires. Of which of the
    results does ReLU take the larger of it and 0?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": np.maximum(product, 0) + b}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": product.relu() + b}


class AppliesReLUToTheProduct:
    """Your activations do not depend on the bias at all. What enters the ReLU?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": np.maximum(product, 0)}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": product.relu()}


class AppliesReLUTooEarly:
    """Your Z is never negative: it has been through ReLU. How do Z and A differ for a silent
    neuron?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        A = np.maximum(product + b, 0)
        return {"product": product, "Z": A, "A": A}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        A = (product + b).relu()
        return {"product": product, "Z": A, "A": A}


class LeavesOutTheReLU:
    """Your activations are the pre-activations, negative ones included. What does a silent neuron
    pass on?"""

    def layer_trace(X, W, b):
        Z = X @ W.T + b
        return {"product": X @ W.T, "Z": Z, "A": Z}

    def layer_trace_torch(X, W, b):
        Z = X @ W.T + b
        return {"product": X @ W.T, "Z": Z, "A": Z}


class SwapsZAndA:
    """Your Z is never negative and your A sometimes is. Which of the two comes out of ReLU?"""

    def layer_trace(X, W, b):
        steps = _steps(X @ W.T, b)
        return {"product": steps["product"], "Z": steps["A"], "A": steps["Z"]}

    def layer_trace_torch(X, W, b):
        steps = _torch_steps(X @ W.T, b)
        return {"product": steps["product"], "Z": steps["A"], "A": steps["Z"]}


class TakesTheSigmoid:
    """You squeeze Z between 0 and 1. That is an activation, but which one does this layer have?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": 1 / (1 + np.exp(-Z))}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": Z.sigmoid()}


class AnswersYesOrNo:
    """Your A says who fires, with 1 and 0. How strongly does each of them fire?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": 1.0 * (Z > 0)}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": 1.0 * (Z > 0)}


# --- keeping the steps ------------------------------------------------------------------------


class WritesOverTheTrace:
    """All three results are the same: you went on computing in one array, under three names. Which
    operations make a new one?"""

    def layer_trace(X, W, b):
        A = np.maximum(X @ W.T + b, 0)
        return {"product": A, "Z": A, "A": A}

    def layer_trace_torch(X, W, b):
        A = (X @ W.T + b).relu()
        return {"product": A, "Z": A, "A": A}


class ReturnsOnlyTheActivations:
    """You return the last result alone. How does a caller find out whether the product or the bias
    was wrong?"""

    def layer_trace(X, W, b):
        return np.maximum(X @ W.T + b, 0)

    def layer_trace_torch(X, W, b):
        return (X @ W.T + b).relu()


class ReturnsATuple:
    """Three results without names: the caller must know their order by heart. What does the
    docstring ask for?"""

    def layer_trace(X, W, b):
        return tuple(_steps(X @ W.T, b).values())

    def layer_trace_torch(X, W, b):
        return tuple(_torch_steps(X @ W.T, b).values())


class DropsTheAxisOfASingleSample:
    """With one sample your results have lost an axis. A batch of one is still a batch: which of
    your steps takes every axis of size 1 away?"""

    def layer_trace(X, W, b):
        return {key: np.squeeze(value) for key, value in _steps(X @ W.T, b).items()}

    def layer_trace_torch(X, W, b):
        return {key: value.squeeze() for key, value in _torch_steps(X @ W.T, b).items()}


class LosesTheGradient:
    """The numbers are right, but autograd finds no way from them back to the weights. Which step
    leaves the world of recorded operations?"""

    def layer_trace_torch(X, W, b):
        import torch

        with torch.no_grad():
            return _torch_steps(X @ W.T, b)


# --- one neuron -------------------------------------------------------------------------------


class ReadsAColumn:
    """You read column i: what all neurons make of one input. Where in W are the weights with which
    one neuron reads all its inputs?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[:, i] * x, b[i])


class CountsNeuronsFromOne:
    """You look up neuron i at i - 1. From which number does the docstring count?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[i - 1] * x, b[i - 1])


class TakesTheFirstBias:
    """For every neuron you add the same bias. Which entry of b belongs to neuron i?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, b[0])


class AddsTheBiasToEveryTerm:
    """You add the bias to each of the n terms, so it is counted n times. At which step does it
    come in, once?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x + b[i], 0.0)


class AddsTheBiasToTheSumAlready:
    """Your weighted sum holds the bias. Which entry of the trace is the first to know about it?"""

    def neuron_trace(x, W, b, i):
        terms = W[i] * x
        z = terms.sum() + b[i]
        return {"terms": terms, "weighted_sum": z, "z": z, "a": max(z, 0.0)}


class GivesTheWeightsForTerms:
    """Your terms are the weights themselves. By what is each weight multiplied before they are
    added?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, b[i]) | {"terms": W[i]}


class AddsTheTermsUp:
    """Under "terms" you have a single number, their sum already. How many products does a neuron of
    n inputs add?"""

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, b[i]) | {"terms": (W[i] * x).sum()}


class LetsANeuronBeNegative:
    """Your a is z, below 0 as well. What does the neuron do with its z before it passes it on?"""

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": trace["z"]}


def _steps(product, bias):
    Z = product + bias
    return {"product": product, "Z": Z, "A": np.maximum(Z, 0)}


def _torch_steps(product, bias):
    Z = product + bias
    return {"product": product, "Z": Z, "A": Z.relu()}


def _neuron(terms, bias):
    weighted_sum = terms.sum()
    z = weighted_sum + bias
    return {"terms": terms, "weighted_sum": weighted_sum, "z": z, "a": max(z, 0.0)}
