"""Wrong ideas about batches and about a layer that takes them.

Wrong formulas are first drafts, written for a batch, before anybody thinks of other shapes.
"""

import numpy as np

# --- batches ----------------------------------------------------------------------------------


class JoinsTheSamples:
    """You get one long vector, in which nobody sees where a sample ends. How many axes has a table
    of samples?"""

    def make_batch(samples):
        return np.concatenate(samples)


class PutsSamplesInColumns:
    """You write the samples side by side, as columns. Which axis of a batch counts the samples, the
    first or the second?"""

    def make_batch(samples):
        return np.stack(samples).T


class KeepsTheList:
    """A list of arrays has no shape, and a layer cannot multiply it. What makes one array of
    them?"""

    def make_batch(samples):
        return list(samples)

    def only_sample(X, i):
        return [X[i]]


class DropsTheAxisOfOneSample:
    """A batch of one is still a batch, of shape (1, n). What does squeeze do when the batch holds a
    single sample?"""

    def make_batch(samples):
        return np.stack(samples).squeeze()


class CutsToTheShortest:
    """Samples with too many features lose the last ones, and nobody is told. What should happen
    instead?"""

    def make_batch(samples):
        return np.array(list(zip(*samples, strict=False))).T


class PadsWithZeros:
    """You fill missing features with zeros, but zero is a value like any other. What does the
    docstring ask for when lengths differ?"""

    def make_batch(samples):
        longest = max(len(sample) for sample in samples)
        return np.array([np.pad(sample, (0, longest - len(sample))) for sample in samples])


class StretchesAShortSample:
    """A sample of one feature, written into a row of three, fills all three: NumPy stretches it
    without a word. Which sizes can you compare before you write?"""

    def make_batch(samples):
        X = np.zeros((len(samples), len(samples[0])))
        for i, sample in enumerate(samples):
            X[i] = sample
        return X


class MakesABatchOfEachSample:
    """Every sample became a batch of one, and together they have three axes. How many axes has a
    table with one sample in each row?"""

    def make_batch(samples):
        return np.stack([sample[None] for sample in samples])


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for sizes that do not fit, and which statement makes one?"""

    def make_batch(samples):
        assert all(len(sample) == len(samples[0]) for sample in samples)
        return np.stack(samples)

    def layer(X, W, b):
        assert X.shape[-1] == W.shape[1]
        return X @ W.T + b

    layer_torch = layer


class ReturnsNoneInsteadOfRaising:
    """Where the sizes do not fit you give back None, and the caller goes on with it. How does the
    docstring say that there is no answer?"""

    def make_batch(samples):
        unequal = any(len(sample) != len(samples[0]) for sample in samples)
        return None if unequal else np.stack(samples)

    def layer(X, W, b):
        return X @ W.T + b if X.shape[-1] == W.shape[1] else None

    layer_torch = layer


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def make_batch(samples):
        if any(len(sample) != len(samples[0]) for sample in samples):
            raise Exception("unequal samples")
        return np.stack(samples)

    def layer(X, W, b):
        if X.shape[-1] != W.shape[1]:
            raise Exception("features do not agree")
        return X @ W.T + b

    layer_torch = layer


class DropsTheBatchAxis:
    """X[i] takes the sample out of its batch: a vector of shape (n,). What index keeps the axis and
    still picks one row?"""

    def only_sample(X, i):
        return X[i]


class TakesAFeature:
    """You take one feature of every sample. Which of the two indices counts the samples?"""

    def only_sample(X, i):
        return X[:, i : i + 1]


class TurnsTheSampleUpright:
    """Your sample stands as a column, shape (n, 1). In a batch of one, which axis has size 1?"""

    def only_sample(X, i):
        return X[i][:, None]


class TakesTheFirstSamples:
    """A slice that starts at the beginning brings all samples before the one you want. Where should
    it start?"""

    def only_sample(X, i):
        return X[: i + 1]


class AlwaysTakesTheFirst:
    """You return the same sample for every i. Where does i come into your slice?"""

    def only_sample(X, i):
        return X[:1]


class TakesAllFromThere:
    """Without an end, a slice goes on to the last sample. Where should it stop?"""

    def only_sample(X, i):
        return X[i:]


class StopsBeforeItStarts:
    """The end of a slice is not part of it, so from i to i there is nothing. Which end leaves one
    row?"""

    def only_sample(X, i):
        return X[i:i]


class CountsSamplesFromOne:
    """You look up sample i at i - 1. From which number does the docstring count?"""

    def only_sample(X, i):
        return X[i - 1 : i]


# --- the layer --------------------------------------------------------------------------------


class ForgetsTheTranspose:
    """W is stored as (m, n). What are the two inner sizes of X @ W, and what must be done to W
    so that both of them count features?"""

    def layer(X, W, b):
        return X @ W + b

    layer_torch = layer


class ReshapesTheWeights:
    """reshape cuts the same line of numbers at other places, so neurons get each other's weights.
    Which operation swaps rows and columns?"""

    def layer(X, W, b):
        return X @ W.reshape(W.shape[::-1]) + b

    layer_torch = layer


class PutsSamplesInColumnsOfTheResult:
    """W on the left gives a neuron in each row and a sample in each column. Where do samples
    belong, in the input and in the result?"""

    def layer(X, W, b):
        Z = W @ X.T
        return Z + b if Z.ndim == 1 else Z + b[:, None]

    layer_torch = layer


class TakesOneSampleOnly:
    """W @ x is right for one sample. In a batch the features lie along the last axis of X: which
    axis of X does a product meet when X stands on its right?"""

    def layer(X, W, b):
        return W @ X + b

    layer_torch = layer


class MultipliesEntryByEntry:
    """X * W pairs entries at the same place, and shapes that do not fit are refused. Which
    operation gives each sample's dot product with each neuron?"""

    def layer(X, W, b):
        return X * W + b

    layer_torch = layer


class SpreadsTheBiasAlongSamples:
    """You add the bias while the last axis still counts samples. When is it the turn of the bias:
    before you transpose back, or after?"""

    def layer(X, W, b):
        return (W @ X.T + b).T

    layer_torch = layer


class MakesTheBiasAColumn:
    """A bias of shape (m, 1) goes down the samples: sample 0 gets b[0]. Along which axis do the
    neurons lie in the result?"""

    def layer(X, W, b):
        return X @ W.T + b[:, None]

    layer_torch = layer


class AddsTheBiasToTheInput:
    """You add the bias before the weights, so it is weighted too. A sample of zeros should give
    exactly b: what does it give you?"""

    def layer(X, W, b):
        return (X + b) @ W.T

    layer_torch = layer


class ForgetsTheBias:
    """A sample of zeros should give b, and gives zeros. Which part of the formula is missing?"""

    def layer(X, W, b):
        return X @ W.T

    layer_torch = layer


class SubtractsTheBias:
    """A sample of zeros should give b, and gives -b. Which sign has the bias in the formula?"""

    def layer(X, W, b):
        return X @ W.T - b

    layer_torch = layer


class MultipliesByTheBias:
    """A sample of zeros should give b, and gives zeros. By which operation does the bias join the
    weighted sum?"""

    def layer(X, W, b):
        return X @ W.T * b

    layer_torch = layer


class UsesOneBiasForAll:
    """Every neuron gets the bias of neuron 0. How many biases does a layer with (m, n) weights
    have?"""

    def layer(X, W, b):
        return X @ W.T + b[0]

    layer_torch = layer


class AddsAllBiasesToEach:
    """Every neuron gets the sum of all biases. Which of the numbers in b belongs to neuron j?"""

    def layer(X, W, b):
        return X @ W.T + b.sum()

    layer_torch = layer


class AppliesAnActivation:
    """Your layer never answers with a negative number. Is a ReLU part of X Wᵀ + b, or does it come
    after the layer?"""

    def layer(X, W, b):
        return (X @ W.T + b).clip(0)

    layer_torch = layer


class ReturnsACacheToo:
    """You return a pair: the result, and what the way back will need. What does the docstring ask
    for, and what would the next layer do with a tuple?"""

    def layer(X, W, b):
        return X @ W.T + b, (X, W, b)

    layer_torch = layer


class AddsTheSamples:
    """You get one answer for the whole batch. Samples share weights, but nothing else: how many
    rows should come out for N samples?"""

    def layer(X, W, b):
        return (X @ W.T + b).sum(0)

    layer_torch = layer


class SubtractsTheMeanOfTheBatch:
    """Your answer to a sample changes with the other samples of the batch. What in X Wᵀ + b depends
    on more than one sample?"""

    def layer(X, W, b):
        return (X - X.mean(0)) @ W.T + b

    layer_torch = layer


class ReturnsAListOfRows:
    """The rows are right, but they are in a list, which has no shape. How do they become one
    array?"""

    def layer(X, W, b):
        return [W @ x + b for x in X]

    layer_torch = layer


class LoopsOverTheFirstAxis:
    """Your loop takes X for a list of samples. What does it meet inside a single sample, and what
    inside a batch of sequences?"""

    def layer(X, W, b):
        return np.array([W @ x + b for x in X])

    def layer_torch(X, W, b):
        import torch

        return torch.stack([W @ x + b for x in X])


class KnowsMatricesOnly:
    """Your code wants X with two axes. A single sample has one, and a batch of sequences has three:
    which operation works along the last axis and leaves the others as they are?"""

    def layer(X, W, b):
        return np.einsum("Nn,mn->Nm", X, W) + b

    def layer_torch(X, W, b):
        import torch

        return torch.mm(X, W.T) + b


class MakesABatchOfOneSample:
    """A sample of shape (in,) comes back as a table of one row. Which axes should the result have
    for a vector?"""

    def layer(X, W, b):
        return (X if X.ndim > 1 else X[None]) @ W.T + b

    layer_torch = layer


class FlattensTheSequences:
    """You turn N sequences of T samples into one long batch, and leave it so. Which axes should
    come back in front of the outputs?"""

    def layer(X, W, b):
        return (X if X.ndim < 3 else X.reshape(-1, X.shape[-1])) @ W.T + b

    layer_torch = layer


class SqueezesTheResult:
    """squeeze removes every axis of size 1. What becomes of a batch of one sample, and of a layer
    with one neuron?"""

    def layer(X, W, b):
        return (X @ W.T + b).squeeze()

    layer_torch = layer


class TransposesEveryAxis:
    """.T reverses all axes, not only two. For a batch of sequences, is there a way that leaves X as
    it is and transposes W alone?"""

    def layer(X, W, b):
        return (W @ X.T).T + b

    layer_torch = layer


class BuffersInTheTypeOfX:
    """Your result has the dtype of X, so for integers the fractions of weights and bias are cut
    off. Which dtype should the buffer have?"""

    def layer(X, W, b):
        Z = X @ W.T + b
        buffer = np.zeros(Z.shape, dtype=X.dtype)
        buffer[:] = Z
        return buffer


class StretchesOneFeature:
    """A sample with a single feature meets three weights in your code, and nobody complains. What
    does broadcasting do to an axis of size 1?"""

    def layer(X, W, b):
        return (X[..., None, :] * W).sum(-1) + b

    layer_torch = layer


# --- PyTorch ----------------------------------------------------------------------------------


class LosesTheGradient:
    """The numbers are right, but autograd cannot find its way back to the weights. Where do you
    leave the tensors, or detach them?"""

    def layer_torch(X, W, b):
        return X.detach() @ W.detach().T + b.detach()


class LosesTheGradientOfTheWeights:
    """The gradient reaches X, but neither W nor b. Where do you take their numbers out of the
    record: with .data, .detach(), or in a new Parameter?"""

    def layer_torch(X, W, b):
        return X @ W.data.T + b.data


class CallsNumPyOnATensor:
    """NumPy cannot take a tensor that records its operations, and what it makes of the others has
    no gradient. Which of your steps could be done by the tensors themselves?"""

    def layer_torch(X, W, b):
        import torch

        return torch.from_numpy(X.numpy() @ W.numpy().T + b.numpy())


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which names do the arguments come in?"""

    def make_batch(samples):
        return np.stack(X_train)

    def only_sample(X, i):
        return batch[i : i + 1]

    def layer(X, W, b):
        return X @ W1.T + b1

    layer_torch = layer
