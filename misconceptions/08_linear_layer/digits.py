"""Wrong ideas about a two-layer classifier, from the pixels to the accuracy."""

import numpy as np

# --- features ---------------------------------------------------------------------------------


class FlattensTheWholeBatch:
    """All images became one long vector. Which axis must survive the reshape?"""

    def features(images):
        return images.reshape(-1) / 16


class PutsImagesInColumns:
    """Your result has one column for each image. Where do samples lie in a batch?"""

    def features(images):
        return images.reshape(len(images), 64).T / 16


class MixesTheImages:
    """Reshaping to (64, N) and turning it round mixes pixels of different images. Is row 0 still
    image 0?"""

    def features(images):
        return images.reshape(64, len(images)).T / 16


class ReadsColumnByColumn:
    """Pixels in a row of the image should stay neighbours. In which order do you read them?"""

    def features(images):
        return images.transpose(0, 2, 1).reshape(len(images), 64) / 16


class LeavesThePixelsLarge:
    """A black pixel should become 1. What is it in your result?"""

    def features(images):
        return images.reshape(len(images), 64) * 1.0


class DividesWithoutRest:
    """A gray pixel of 8 should become 0.5. What does `//` make of it?"""

    def features(images):
        return images.reshape(len(images), 64) // 16


class DividesBy255:
    """Many images have pixels up to 255. Which number is black here?"""

    def features(images):
        return images.reshape(len(images), 64) / 255


class DividesByTheLargestPixel:
    """The same image would look different in another batch. Which fixed number means black?"""

    def features(images):
        return images.reshape(len(images), 64) / images.max()


class NormalizesEachImage:
    """You made each row a unit vector. By which one number are all pixels divided here?"""

    def features(images):
        X = images.reshape(len(images), 64).astype(float)
        return X / np.maximum(np.sqrt((X * X).sum(axis=1, keepdims=True)), 1e-12)


class DividesInPlace:
    """An array of integers cannot hold fractions, and it belongs to the caller. How do you get a
    new array of floats?"""

    def features(images):
        images /= 16
        return images.reshape(len(images), 64)


class DividesBy15:
    """A black pixel should become 1, and comes out larger. Pixels run from 0 to which number?"""

    def features(images):
        return images.reshape(len(images), 64) / 15


class StandardizesThePixels:
    """The same image would look different in another batch: you take the mean and the spread of all
    its pixels. Which fixed number means black?"""

    def features(images):
        X = images.reshape(len(images), 64).astype(float)
        return (X - X.mean()) / X.std()


class ShiftsToBothSides:
    """Your pixels run from -1 to 1. Which number should white be?"""

    def features(images):
        return images.reshape(len(images), 64) / 8.0 - 1.0


class KeepsTheGrid:
    """Your images are still grids of 8 by 8, with three axes in all. What shape can meet W1?"""

    def features(images):
        return images / 16.0


class DropsTheBatchOfOne:
    """squeeze removes every axis of size 1, and with a single image that is the batch axis. Why did
    you need it?"""

    def features(images):
        return (images.reshape(len(images), 64) / 16.0).squeeze()


# --- logits -----------------------------------------------------------------------------------


class LeavesOutTheReLU:
    """Without a bend two layers are one. What happens to negative hidden sums?"""

    def logits(X, W1, b1, W2, b2):
        return (X @ W1.T + b1) @ W2.T + b2


class AppliesTheReLUAtTheEndToo:
    """Your outputs are never negative. After which of the two layers is there a ReLU?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(np.maximum(X @ W1.T + b1, 0) @ W2.T + b2, 0)


class AppliesTheReLUOnlyAtTheEnd:
    """The bend belongs between the layers. Where does yours stand?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum((X @ W1.T + b1) @ W2.T + b2, 0)


class TakesTheMagnitude:
    """A strongly negative sum makes a hidden neuron silent. What does it do in your network?"""

    def logits(X, W1, b1, W2, b2):
        return np.abs(X @ W1.T + b1) @ W2.T + b2


class AppliesASigmoid:
    """These weights were trained for another activation. Which one keeps positive sums as they
    are?"""

    def logits(X, W1, b1, W2, b2):
        return 1 / (1 + np.exp(-np.clip(X @ W1.T + b1, -500, 500))) @ W2.T + b2


class LeaksALittle:
    """A silent neuron still lets a hundredth through: that is the leaky ReLU. What does the plain
    one make of every negative sum?"""

    def logits(X, W1, b1, W2, b2):
        hidden = X @ W1.T + b1
        return np.where(hidden < 0, 0.01 * hidden, hidden) @ W2.T + b2


class TakesTheTanh:
    """Nothing in your hidden layer exceeds 1: that is tanh. Which activation did the weights learn
    with?"""

    def logits(X, W1, b1, W2, b2):
        return np.tanh(X @ W1.T + b1) @ W2.T + b2


class FiresOrNot:
    """Your hidden neurons say 1 or 0. How strongly does each of them fire?"""

    def logits(X, W1, b1, W2, b2):
        return 1.0 * (X @ W1.T + b1 > 0) @ W2.T + b2


class PutsSamplesInColumns:
    """Your result has one column for each sample. Where do samples lie in X, and where should they
    lie in the logits?"""

    def logits(X, W1, b1, W2, b2):
        return (np.maximum(X @ W1.T + b1, 0) @ W2.T + b2).T


class AddsTheSumOfTheHiddenBias:
    """Every hidden neuron gets the sum of all numbers in b1. Which of them is its own?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1.T + b1.sum(), 0) @ W2.T + b2


class AddsTheSumOfTheOutputBias:
    """Every output gets the sum of all numbers in b2. Which of them is its own?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1.T + b1, 0) @ W2.T + b2.sum()


class StopsAtTheHiddenLayer:
    """You return what the hidden neurons say. Which layer has not had its turn?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1.T + b1, 0)


class ReturnsTheHiddenLayerToo:
    """You return a pair: the logits, and what the hidden neurons say. What does the docstring ask
    for, and what would argmax do with a tuple?"""

    def logits(X, W1, b1, W2, b2):
        hidden = np.maximum(X @ W1.T + b1, 0)
        return hidden @ W2.T + b2, hidden


class LeavesOutTheTransposes:
    """Weights are stored as (out, in). Which axis must meet the features of X?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1 + b1, 0) @ W2 + b2


class ReshapesTheWeights:
    """The shapes fit, but reshape moved no entry to where a transpose puts it. Which of the two
    did you want?"""

    def logits(X, W1, b1, W2, b2):
        first, last = W1.reshape(W1.shape[::-1]), W2.reshape(W2.shape[::-1])
        return np.maximum(X @ first + b1, 0) @ last + b2


class ForgetsTheHiddenBias:
    """Send x = 0 through your network. Does b1 play a part in the answer?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1.T, 0) @ W2.T + b2


class ForgetsTheOutputBias:
    """Two layers have two biases. Where is the second?"""

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ W1.T + b1, 0) @ W2.T


class AddsTheBiasAfterTheReLU:
    """The bias moves the point where a neuron begins to fire. Must the ReLU see it?"""

    def logits(X, W1, b1, W2, b2):
        return (np.maximum(X @ W1.T, 0) + b1) @ W2.T + b2


class AddsTheOutputBiasAlongSamples:
    """You add b2 while samples lie along the last axis. Whose axis does it belong to?"""

    def logits(X, W1, b1, W2, b2):
        return (W2 @ np.maximum(X @ W1.T + b1, 0).T + b2).T


class StandardizesTheBatch:
    """In your network an image's outputs depend on the others in its batch. Which step looks at
    more than one row?"""

    def logits(X, W1, b1, W2, b2):
        hidden = np.maximum(X @ W1.T + b1, 0)
        if len(X) > 1:
            hidden = hidden - hidden.mean(axis=0)
        return hidden @ W2.T + b2


class ReturnsProbabilities:
    """Your outputs are positive and add up to 1. Which step has been done too much?"""

    def logits(X, W1, b1, W2, b2):
        y = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
        e = np.exp(y - y.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)


class ReturnsTheLogarithms:
    """Your outputs are never positive: they are logarithms of probabilities. Which step has been
    done too much?"""

    def logits(X, W1, b1, W2, b2):
        y = np.maximum(X @ W1.T + b1, 0) @ W2.T + b2
        y = y - y.max(axis=1, keepdims=True)
        return y - np.log(np.exp(y).sum(axis=1, keepdims=True))


class RoundsToSinglePrecision:
    """With 24 bits the last digits are lost, and 1e-6 is out of reach for outputs of 20. Which
    dtype did the arrays come in?"""

    def logits(X, W1, b1, W2, b2):
        X, W1, b1, W2, b2 = (a.astype(np.float32) for a in (X, W1, b1, W2, b2))
        return np.maximum(X @ W1.T + b1, 0) @ W2.T + b2


class WritesIntoTheBias:
    """`b2 += …` changes the caller's bias, and the next call starts with another. How do you get
    the sum in a new array?"""

    def logits(X, W1, b1, W2, b2):
        b2 += np.maximum(X[0] @ W1.T + b1, 0) @ W2.T
        y = np.maximum(X @ W1.T + b1, 0) @ W2.T
        return y - y[0] + b2


# --- predict ----------------------------------------------------------------------------------


class LooksDownTheColumns:
    """You found, for each digit, the image that looks most like it. Along which axis do the ten
    logits of one image lie?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).argmax(axis=0)


class LooksAtTheWholeTable:
    """argmax without an axis gives one index for the whole table. How many answers are asked
    for?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).argmax()


class ReturnsTheLargestLogit:
    """You say how large the largest logit is. Where it stands is the digit: which function gives
    the place?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).max(axis=1)


class CountsDigitsFromOne:
    """The first of the ten outputs stands for the digit 0. Which digit do you make of index 0?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).argmax(axis=1) + 1


class SilencesNegativeLogits:
    """When all ten logits are negative, you make them equal and answer 0. Which of them is the
    largest all the same?"""

    def predict(images, W1, b1, W2, b2):
        return np.maximum(logits(features(images), W1, b1, W2, b2), 0).argmax(axis=1)


class TakesTheStrongestSignal:
    """A strongly negative logit speaks against its digit. Does the sign count when you look for
    the largest?"""

    def predict(images, W1, b1, W2, b2):
        return np.abs(logits(features(images), W1, b1, W2, b2)).argmax(axis=1)


class MarksTheDigit:
    """You return a row with a 1 for each image. What is asked for is the place of that 1."""

    def predict(images, W1, b1, W2, b2):
        return np.eye(10)[logits(features(images), W1, b1, W2, b2).argmax(axis=1)]


class ForgetsToScaleTheImages:
    """The weights were trained on pixels from 0 to 1. What do you send through the network?"""

    def predict(images, W1, b1, W2, b2):
        return logits(images.reshape(len(images), 64) * 1.0, W1, b1, W2, b2).argmax(axis=1)


class KeepsTheAxis:
    """Your answers stand in a column, shape (N, 1). Which argument keeps the axis along which you
    looked for the largest?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).argmax(axis=1)[:, None]


class ListsTheDigits:
    """The digits are right, but they lie in a list. What does the docstring ask for?"""

    def predict(images, W1, b1, W2, b2):
        return logits(features(images), W1, b1, W2, b2).argmax(axis=1).tolist()


class ReadsTheHiddenLayer:
    """You take the strongest hidden neuron for the digit. Which layer has one neuron for each
    digit?"""

    def predict(images, W1, b1, W2, b2):
        return np.maximum(features(images) @ W1.T + b1, 0).argmax(axis=1)


# --- accuracy ---------------------------------------------------------------------------------


class CountsTheRightOnes:
    """You say how many are right. What is their share?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return float((predictions == labels).sum())


class ReturnsTheErrorRate:
    """If all are right, you answer 0. Which share is asked for?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return float((predictions != labels).mean())


class ReturnsPercent:
    """All right is 1, not 100. Which unit do you use?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return float(100 * (predictions == labels).mean())


class MeasuresTheDistance:
    """Reading a 9 as an 8 is as wrong as reading it as a 0. Does the distance between two digits
    count?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return float(1 - np.abs(predictions.astype(float) - labels).mean() / 9)


class ComparesAllPairs:
    """(N,) against (N, 1) becomes a table of all pairs, and its mean looks like an accuracy. What
    do you compare first?"""

    def accuracy(predictions, labels):
        return float(np.mean(predictions == labels))


class DropsTheRest:
    """zip stops at the shorter one without a word. What should happen when the lengths differ?"""

    def accuracy(predictions, labels):
        hits = [bool(np.all(p == q)) for p, q in zip(predictions, labels, strict=False)]
        return sum(hits) / len(hits)


class ReturnsTheHits:
    """You say for each prediction whether it is right. Which single number does the docstring ask
    for?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return predictions == labels


class DividesTheHitsWithoutRest:
    """You answer 1 if all are right, and 0 otherwise. What is the share if some are? If you divide
    with `//`, what becomes of the rest?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise ValueError("shapes differ")
        return float((predictions == labels).sum() // len(labels))


class ComparesTheLengthsOnly:
    """(N,) and (N, 1) have the same length, and == makes a table of all pairs of them. What tells
    the two apart that len does not see?"""

    def accuracy(predictions, labels):
        if len(predictions) != len(labels):
            raise ValueError("lengths differ")
        return float(np.mean(predictions == labels))


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for different shapes, and which statement makes one?"""

    def accuracy(predictions, labels):
        assert predictions.shape == labels.shape
        return float(np.mean(predictions == labels))


class ReturnsNoneInsteadOfRaising:
    """Where the shapes differ you give back None, and the caller goes on with it. How does the
    docstring say that there is no share?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            return None
        return float(np.mean(predictions == labels))


class AnswersZeroInsteadOfRaising:
    """Where the shapes differ you answer 0, as if every prediction were wrong. How does the
    docstring say that nothing could be compared?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            return 0.0
        return float(np.mean(predictions == labels))


class RaisesAnotherException:
    """You refuse different shapes, but not with the exception that the docstring names. Which class
    will a caller try to catch?"""

    def accuracy(predictions, labels):
        if predictions.shape != labels.shape:
            raise Exception("shapes differ")
        return float(np.mean(predictions == labels))


# --- the PyTorch model ------------------------------------------------------------------------


def _filled(layers, arrays):
    import torch

    model = torch.nn.Sequential(*layers).double()
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), arrays, strict=True):
            parameter.copy_(torch.from_numpy(array))
    return model


class KeepsTheRandomWeights:
    """Your model has the right shapes and its own random numbers. Where do the arrays come in?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        first, last = nn.Linear(*W1.shape[::-1]), nn.Linear(*W2.shape[::-1])
        return nn.Sequential(first, nn.ReLU(), last).double()


class LeavesTheModelInSinglePrecision:
    """The arrays are float64 and new layers float32. What happens when float64 inputs meet float32
    weights?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1])
        return _filled(layers, (W1, b1, W2, b2)).float()


class SwapsInputsAndOutputs:
    """nn.Linear takes (in, out), and W1.shape is (out, in). In which order do you hand the two
    over?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape), nn.ReLU(), nn.Linear(*W2.shape)
        return _filled(layers, (W1, b1, W2, b2))


class BuildsNoBend:
    """Your model is two linear layers in a row. What has to stand between them?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.Linear(*W2.shape[::-1])
        return _filled(layers, (W1, b1, W2, b2))


class BendsTheOutputsToo:
    """Your model has two ReLUs. After which of its layers may numbers be negative?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1]), nn.ReLU()
        return _filled(layers, (W1, b1, W2, b2))


class EndsWithASoftmax:
    """Your model ends in a softmax, so its outputs are positive and add up to 1. Which layers does
    the docstring list?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1])
        return _filled((*layers, nn.Softmax(dim=1)), (W1, b1, W2, b2))


class BendsWithASigmoid:
    """Nothing between your layers exceeds 1. Which activation did the weights learn with?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.Sigmoid(), nn.Linear(*W2.shape[::-1])
        return _filled(layers, (W1, b1, W2, b2))


class ForgetsTheBiases:
    """The weights of your model are those of the arrays, and its biases are random. Which two
    arrays never arrive?"""

    def model_torch(W1, b1, W2, b2):
        import torch
        from torch import nn

        first, last = nn.Linear(*W1.shape[::-1]), nn.Linear(*W2.shape[::-1])
        model = nn.Sequential(first, nn.ReLU(), last).double()
        with torch.no_grad():
            first.weight.copy_(torch.from_numpy(W1))
            last.weight.copy_(torch.from_numpy(W2))
        return model


class BuildsLayersWithoutBias:
    """Your model has two parameters, its weights. Which argument of nn.Linear takes the biases
    away, and what do b1 and b2 say?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        first = nn.Linear(*W1.shape[::-1], bias=False)
        last = nn.Linear(*W2.shape[::-1], bias=False)
        return _filled((first, nn.ReLU(), last), (W1, W2))


class ReturnsNoModule:
    """What you return has no `parameters()`: a list of layers, or a function. What makes one module
    of three?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = [nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1])]
        _filled(layers, (W1, b1, W2, b2))
        return layers


class PutsInPlainTensors:
    """A module takes only a parameter in the place of a parameter. Is it the object you want to
    replace, or its numbers?"""

    def model_torch(W1, b1, W2, b2):
        import torch
        from torch import nn

        first = nn.Linear(*W1.shape[::-1]).double()
        first.weight = torch.tensor(W1)
        return nn.Sequential(first)


class WritesUnderAutograd:
    """Autograd refuses writing into a leaf that it watches. Which context tells it to look away?"""

    def model_torch(W1, b1, W2, b2):
        import torch
        from torch import nn

        first = nn.Linear(*W1.shape[::-1]).double()
        first.weight.copy_(torch.tensor(W1))
        return nn.Sequential(first)


class FreezesTheModel:
    """The parameters of your model require no gradient. Could it go on learning?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1])
        return _filled(layers, (W1, b1, W2, b2)).requires_grad_(False)


class SharesTheMemory:
    """from_numpy opens a window on the array. What happens to W1 when the model is trained?"""

    def model_torch(W1, b1, W2, b2):
        import torch
        from torch import nn

        model = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2))
        model[0].weight = nn.Parameter(torch.from_numpy(W1))
        model[0].bias = nn.Parameter(torch.from_numpy(b1))
        model[2].weight = nn.Parameter(torch.from_numpy(W2))
        model[2].bias = nn.Parameter(torch.from_numpy(b2))
        return model


class KeepsTheLayersInAList:
    """Your model works, but `parameters()` is empty. Which container registers the layers in
    it?"""

    def model_torch(W1, b1, W2, b2):
        from torch import nn

        layers = [nn.Linear(*W1.shape[::-1]), nn.ReLU(), nn.Linear(*W2.shape[::-1])]
        _filled(layers, (W1, b1, W2, b2))

        class Network(nn.Module):
            def __init__(self):
                super().__init__()
                self.layers = layers

            def forward(self, X):
                for layer in self.layers:
                    X = layer(X)
                return X

        return Network()


class UsesANameOfTheNotebook:
    """A name in your function is unknown where it runs: one of your notebook, or of a module that
    is not imported. By which names do the arguments come in?"""

    def features(images):
        return X_train.reshape(len(images), 64) / 16

    def logits(X, W1, b1, W2, b2):
        return np.maximum(X @ weights.T + b1, 0) @ W2.T + b2

    def predict(images, W1, b1, W2, b2):
        return logits(X_test, W1, b1, W2, b2).argmax(axis=1)

    def accuracy(predictions, labels):
        return float(np.mean(predictions == y_test))

    def model_torch(W1, b1, W2, b2):
        return model.double()
