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

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, 0.0)


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


class AddsAllBiasesToEach:
    """Every neuron is shifted by the sum of all biases. Which of the numbers in b belongs to neuron
    i?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, b.sum())

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, b.sum())

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, b.sum())


class SubtractsTheBias:
    """Here b is a threshold to be overcome. With which sign does it enter the formula?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, -b)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, -b)

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, -b[i])


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

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": max(trace["weighted_sum"], 0.0) + b[i]}


class AppliesReLUToTheProduct:
    """Your activations do not depend on the bias at all. What enters the ReLU?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": np.maximum(product, 0)}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        return {"product": product, "Z": product + b, "A": product.relu()}

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": max(trace["weighted_sum"], 0.0)}


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

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"z": trace["a"]}


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

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"z": trace["a"], "a": trace["z"]}


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

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": 1 / (1 + np.exp(-trace["z"]))}


class AnswersYesOrNo:
    """Your activations say who fires, with 1 and 0. How strongly does each neuron fire?"""

    def layer_trace(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": 1.0 * (Z > 0)}

    def layer_trace_torch(X, W, b):
        product = X @ W.T
        Z = product + b
        return {"product": product, "Z": Z, "A": 1.0 * (Z > 0)}

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": 1.0 * (trace["z"] > 0)}


class TakesTheAbsoluteValue:
    """You turn a pre-activation of -2 into 2. Does a neuron fire strongly because it is far below
    zero?"""

    def layer_trace(X, W, b):
        return _steps(X @ W.T, b) | {"A": abs(X @ W.T + b)}

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W.T, b) | {"A": abs(X @ W.T + b)}

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": abs(trace["z"])}


class LeaksALittle:
    """This is the leaky ReLU: a silent neuron still lets a hundredth through. What does the plain
    one make of every negative number?"""

    def layer_trace(X, W, b):
        Z = X @ W.T + b
        return _steps(X @ W.T, b) | {"A": np.where(Z < 0, Z * 0.01, Z)}

    def layer_trace_torch(X, W, b):
        import torch

        Z = X @ W.T + b
        return _torch_steps(X @ W.T, b) | {"A": torch.where(Z < 0, Z * 0.01, Z)}

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"a": max(trace["z"], 0.01 * trace["z"])}


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

    def neuron_trace(x, W, b, i):
        return _neuron(W[i] * x, b[i])["a"]


class ReturnsATuple:
    """Three results without names: the caller must know their order by heart. What does the
    docstring ask for?"""

    def layer_trace(X, W, b):
        return tuple(_steps(X @ W.T, b).values())

    def layer_trace_torch(X, W, b):
        return tuple(_torch_steps(X @ W.T, b).values())

    def neuron_trace(x, W, b, i):
        return tuple(_neuron(W[i] * x, b[i]).values())


class WritesTheKeysInLowerCase:
    """Capital and small letters are different keys of a dict. How are the three keys written in the
    docstring?"""

    def layer_trace(X, W, b):
        return {key.lower(): value for key, value in _steps(X @ W.T, b).items()}

    def layer_trace_torch(X, W, b):
        return {key.lower(): value for key, value in _torch_steps(X @ W.T, b).items()}


class WritesTheKeysInCapitals:
    """Capital and small letters are different keys of a dict. How are z and a of a single neuron
    written in the docstring?"""

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        trace["Z"], trace["A"] = trace.pop("z"), trace.pop("a")
        return trace


class NumbersTheKeys:
    """Z1 and A1 are names for one layer among others. Which keys does the docstring ask for, and
    how many?"""

    def layer_trace(X, W, b):
        steps = _steps(X @ W.T, b)
        return {"Z1": steps["Z"], "A1": steps["A"]}

    def layer_trace_torch(X, W, b):
        steps = _torch_steps(X @ W.T, b)
        return {"Z1": steps["Z"], "A1": steps["A"]}


class LeavesOutTheProduct:
    """Your trace begins with Z. Which of the three steps comes before the bias, and under which
    key?"""

    def layer_trace(X, W, b):
        steps = _steps(X @ W.T, b)
        return {"Z": steps["Z"], "A": steps["A"]}

    def layer_trace_torch(X, W, b):
        steps = _torch_steps(X @ W.T, b)
        return {"Z": steps["Z"], "A": steps["A"]}

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        del trace["weighted_sum"]
        return trace


class ReturnsTheActivationsToo:
    """You return a pair: the activations, and a dict of the steps. The activations are among the
    steps already: which single thing does the docstring ask for?"""

    def layer_trace(X, W, b):
        steps = _steps(X @ W.T, b)
        return steps["A"], steps

    def layer_trace_torch(X, W, b):
        steps = _torch_steps(X @ W.T, b)
        return steps["A"], steps

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace["a"], trace


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


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which of your steps could be done by the tensors themselves?"""

    def layer_trace_torch(X, W, b):
        import torch

        steps = _steps(X.numpy() @ W.numpy().T, b.numpy())
        return {key: torch.from_numpy(value) for key, value in steps.items()}


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which names do the arguments come in?"""

    def layer_trace(X, W, b):
        return _steps(X @ W1.T, b1)

    def layer_trace_torch(X, W, b):
        return _torch_steps(X @ W1.T, b1)

    def neuron_trace(x, W, b, i):
        return _neuron(W1[i] * x, b1[i])


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


class AddsTheWholeBias:
    """Your z holds a number for each neuron of the layer. Whose bias is asked for, and which entry
    of b is that?"""

    def neuron_trace(x, W, b, i):
        terms = W[i] * x
        z = terms.sum() + b
        return {"terms": terms, "weighted_sum": terms.sum(), "z": z, "a": np.maximum(z, 0)}


class TracesTheWholeLayer:
    """You trace all neurons at once, and i plays no part. Which row of W belongs to the one that is
    asked for?"""

    def neuron_trace(x, W, b, i):
        z = W @ x + b
        return {"terms": W * x, "weighted_sum": W @ x, "z": z, "a": np.maximum(z, 0)}


class ListsTheTerms:
    """The terms are right, but they lie in a list, which has no shape. What does the docstring ask
    for?"""

    def neuron_trace(x, W, b, i):
        trace = _neuron(W[i] * x, b[i])
        return trace | {"terms": trace["terms"].tolist()}


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
