"""Wrong ideas about residual connections."""

import numpy as np

# --- one block --------------------------------------------------------------------------------


class ForgetsTheSkip:
    """You return f(x) alone. What should come out if f answers 0?"""

    def residual(f, x):
        return _checked(f(x), x)

    def residual_torch(f, x):
        return _checked(f(x), x)


class SkipsTheFunction:
    """You return the input. What has f to say to it?"""

    def residual(f, x):
        _checked(f(x), x)
        return x

    def residual_torch(f, x):
        _checked(f(x), x)
        return x


class SubtractsTheInput:
    """What remains of f(x) without x is the residual in the word's old sense. What does a skip do
    with x: take it away, or put it in?"""

    def residual(f, x):
        return _checked(f(x), x) - x

    def residual_torch(f, x):
        return _checked(f(x), x) - x


class SubtractsTheFunction:
    """You subtract what f answers. With which sign does it enter f(x) + x?"""

    def residual(f, x):
        return x - _checked(f(x), x)

    def residual_torch(f, x):
        return x - _checked(f(x), x)


class MultipliesByTheInput:
    """You multiply. If f answers 0, your block answers 0 as well: which operation passes x on?"""

    def residual(f, x):
        return _checked(f(x), x) * x

    def residual_torch(f, x):
        return _checked(f(x), x) * x


class JoinsTheTwo:
    """You put f(x) and x side by side, and the next layer gets twice as many numbers. Which
    operation keeps the shape?"""

    __sizes__ = (-1,)  # the axis, by its number from behind

    def residual(f, x, *, size=0):
        return np.concatenate([_checked(f(x), x), x], axis=size)

    def residual_torch(f, x, *, size=0):
        import torch

        return torch.cat([_checked(f(x), x), x], dim=size)


class JoinsTheInputFirst:
    """You put x and f(x) side by side, and the next layer gets twice as many numbers. Which
    operation keeps the shape?"""

    __sizes__ = (-1,)  # the axis, by its number from behind

    def residual(f, x, *, size=0):
        return np.concatenate([x, _checked(f(x), x)], axis=size)

    def residual_torch(f, x, *, size=0):
        import torch

        return torch.cat([x, _checked(f(x), x)], dim=size)


class AddsTheIdentityMatrix:
    """You add I itself, a matrix. The skip adds I x: which vector is that?"""

    def residual(f, x):
        return _checked(f(x), x) + np.eye(x.shape[-1])

    def residual_torch(f, x):
        import torch

        return _checked(f(x), x) + torch.eye(x.shape[-1])


class MultipliesTheIdentityByEntries:
    """With * the identity stays a grid, with x on its diagonal. What is I x, and do you need I to
    write it down?"""

    def residual(f, x):
        return _checked(f(x), x) + np.eye(x.shape[-1]) * x

    def residual_torch(f, x):
        import torch

        return _checked(f(x), x) + torch.eye(x.shape[-1]) * x


class AveragesTheTwo:
    """You take the mean of f(x) and x, so the input shrinks with each block. Does the formula
    divide by anything?"""

    def residual(f, x):
        return (_checked(f(x), x) + x) / 2

    def residual_torch(f, x):
        return (_checked(f(x), x) + x) / 2


class AddsBeforeTheFunction:
    """You add before f is applied. Which way does the skip take: into f, or around it?"""

    def residual(f, x):
        return _checked(f(x + x), x)

    def residual_torch(f, x):
        return _checked(f(x + x), x)


class AppliesTheFunctionTwice:
    """f is applied a second time, to its own answer. How often does f appear in f(x) + x?"""

    def residual(f, x):
        return f(_checked(f(x), x)) + x

    def residual_torch(f, x):
        return f(_checked(f(x), x)) + x


class AddsInPlace:
    """+= writes into what f returned, and that may be x itself. How do you get the sum in a new
    array?"""

    def residual(f, x):
        y = _checked(f(x), x)
        y += x
        return y

    def residual_torch(f, x):
        y = _checked(f(x), x)
        y += x
        return y


class AddsIntoTheInput:
    """x += … changes the caller's input, and fails for integers. How do you get the sum in a new
    array?"""

    def residual(f, x):
        x += _checked(f(x), x)
        return x

    def residual_torch(f, x):
        x += _checked(f(x), x)
        return x


class AppliesTheReLUAfterTheSum:
    """Blocks of image networks end with a ReLU, and this one does not: its answer may be negative.
    What comes after the sum in the formula?"""

    def residual(f, x):
        return np.maximum(_checked(f(x), x) + x, 0)

    def residual_torch(f, x):
        return (_checked(f(x), x) + x).clamp(min=0)


class AppliesTheReLUToTheFunction:
    """What f answers may be negative, and should be added as it is. Which step of yours is not in
    the formula?"""

    def residual(f, x):
        return np.maximum(_checked(f(x), x), 0) + x

    def residual_torch(f, x):
        return _checked(f(x), x).clamp(min=0) + x


class DividesByTheRootOfTwo:
    """The root of 2 keeps the variance of some networks where it was, and changes the input also
    where f answers 0. Does the formula divide by anything?"""

    def residual(f, x):
        return (_checked(f(x), x) + x) / np.sqrt(2)

    def residual_torch(f, x):
        return (_checked(f(x), x) + x) / 2**0.5


class AddsTheFunctionTwice:
    """You add f(x) to itself. If f answers 0, your block answers 0 as well: which of the two should
    have been x?"""

    def residual(f, x):
        y = _checked(f(x), x)
        return y + y

    residual_torch = residual


class AddsTheInputTwice:
    """If f answers 0, twice the input leaves your block. How often is x added?"""

    def residual(f, x):
        return _checked(f(x), x) + 2 * x

    residual_torch = residual


class AddsIntoACopyOfIntegers:
    """+= keeps the dtype of its left side. A copy of integers holds integers: what happens to
    halves, and which expression chooses a dtype that fits?"""

    def residual(f, x):
        y = x.copy()
        y += _checked(f(x), x)
        return y


# --- shapes -----------------------------------------------------------------------------------


class LetsShapesStretch:
    """A single number, or one column, is stretched to the shape of x without a word. What can you
    compare before you add?"""

    def residual(f, x):
        return f(x) + x

    def residual_torch(f, x):
        return f(x) + x


class LetsTensorsStretch:
    """PyTorch stretches shapes as NumPy does, and raises RuntimeError where it cannot. Which check
    gives ValueError in both cases?"""

    def residual_torch(f, x):
        return f(x) + x


class ChecksTheResultOnly:
    """f(x) + x has the shape of x also where f(x) was stretched to it. Which two shapes must you
    compare?"""

    def residual(f, x):
        y = f(x) + x
        if y.shape != x.shape:
            raise ValueError(y.shape)
        return y

    def residual_torch(f, x):
        y = f(x) + x
        if y.shape != x.shape:
            raise ValueError(y.shape)
        return y


class ComparesTheLengths:
    """len sees the first axis only: (3, 1) is as long as (3,). What tells the sizes of all
    axes?"""

    def residual(f, x):
        y = f(x)
        if np.ndim(y) == 0 or len(y) != len(x):
            raise ValueError("lengths differ")
        return y + x

    def residual_torch(f, x):
        y = f(x)
        if y.ndim == 0 or len(y) != len(x):
            raise ValueError("lengths differ")
        return y + x


class ComparesTheCounts:
    """(3, 1) and (3,) hold equally many numbers, and their sum is a (3, 3) table. What should be
    equal besides the count?"""

    def residual(f, x):
        y = f(x)
        if np.size(y) != x.size:
            raise ValueError("counts differ")
        return y + x

    def residual_torch(f, x):
        y = f(x)
        if y.numel() != x.numel():
            raise ValueError("counts differ")
        return y + x


class SkipsOnlyIfItFits:
    """Where the shapes differ you leave the skip out, and nobody hears of it. What does the
    docstring ask for in that case?"""

    def residual(f, x):
        y = f(x)
        return y + x if y.shape == x.shape else y

    residual_torch = residual


class PassesTheInputIfItDoesNotFit:
    """Where the shapes differ you leave f out, and nobody hears of it. What does the docstring ask
    for in that case?"""

    def residual(f, x):
        y = f(x)
        return y + x if y.shape == x.shape else x

    residual_torch = residual


class AssertsTheShapes:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def residual(f, x):
        y = f(x)
        if y.shape != x.shape:
            raise AssertionError
        return y + x

    residual_torch = residual

    def residual_matrix(W):
        if W.shape[0] != W.shape[1]:
            raise AssertionError
        return W + np.eye(len(W))


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def residual(f, x):
        y = f(x)
        if y.shape != x.shape:
            raise TypeError("different shapes")
        return y + x

    residual_torch = residual

    def residual_matrix(W):
        if W.shape[0] != W.shape[1]:
            raise TypeError("different shapes")
        return W + np.eye(len(W))


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def residual(f, x):
        y = f(x)
        if y.shape != x.shape:
            raise Exception("different shapes")
        return y + x

    residual_torch = residual

    def residual_matrix(W):
        if W.shape[0] != W.shape[1]:
            raise Exception("different shapes")
        return W + np.eye(len(W))


class AnswersNoneForBadShapes:
    """For shapes that differ your answer is None, and the caller computes on with it. A printed
    message does not stop anybody: what does?"""

    def residual(f, x):
        y = f(x)
        if y.shape != x.shape:
            return None
        return y + x

    residual_torch = residual

    def residual_matrix(W):
        if W.shape[0] != W.shape[1]:
            return None
        return W + np.eye(len(W))


class AnswersFalseForBadShapes:
    """False counts as 0 in the next sum, and nobody notices that the shapes were wrong. How does a
    Python function refuse its arguments?"""

    def residual(f, x):
        y = f(x)
        if y.shape != x.shape:
            return False
        return y + x

    residual_torch = residual

    def residual_matrix(W):
        if W.shape[0] != W.shape[1]:
            return False
        return W + np.eye(len(W))


# --- the matrix -------------------------------------------------------------------------------


class AddsOneEverywhere:
    """Adding the number 1 changes every entry. What is the 1 among matrices, and where are its
    zeros?"""

    def residual_matrix(W):
        _square(W)
        return W + 1.0


class AppliesTheIdentity:
    """W I is W again. Is the skip a factor, or is it added?"""

    def residual_matrix(W):
        _square(W)
        return W @ np.eye(len(W))


class SubtractsTheIdentity:
    """You take x away from W x. What does a skip do with it?"""

    def residual_matrix(W):
        _square(W)
        return W - np.eye(len(W))


class AddsTheMatrixToItself:
    """W + W gives W x + W x. Which matrix gives x?"""

    def residual_matrix(W):
        _square(W)
        return W + W


class PutsTheIdentityBeside:
    """You put W and I side by side, which is a matrix for twice as many inputs. How do two
    matrices act on the same x, with their answers added?"""

    def residual_matrix(W):
        _square(W)
        return np.hstack([W, np.eye(len(W))])


class TransposesFirst:
    """You add I to the transpose. Are rows and columns swapped anywhere in W x + x?"""

    def residual_matrix(W):
        _square(W)
        return W.T + np.eye(len(W))


class WritesOntoTheDiagonal:
    """You add to the caller's matrix. What if W is still needed without the skip, or holds
    integers?"""

    def residual_matrix(W):
        _square(W)
        W += np.eye(len(W))
        return W


class SetsTheDiagonalToOne:
    """You replace the diagonal of W by ones. What happens to the weights that stood there?"""

    def residual_matrix(W):
        _square(W)
        W = W.astype(float)
        np.fill_diagonal(W, 1.0)
        return W


class UsesAnIncompleteIdentity:
    """np.eye(m, n) makes ones on a diagonal for any shape, so you answer for matrices that are not
    square. Can W x + x be computed for them?"""

    def residual_matrix(W):
        return W + np.eye(*W.shape)


class CountsTheRowsOnly:
    """You make I from the number of rows. With a single row it is stretched over all of W: which
    two numbers of the shape must be equal?"""

    def residual_matrix(W):
        return W + np.eye(len(W))


class LetsTheMatrixStretch:
    """A matrix with a single row or column is stretched over all of I. Which two numbers of the
    shape must be equal?"""

    def residual_matrix(W):
        return W + np.eye(max(W.shape))


class KeepsTheDiagonal:
    """With * the zeros of I meet the entries of W one by one and wipe them out. Is the skip a
    factor, or is it added?"""

    def residual_matrix(W):
        _square(W)
        return W * np.eye(len(W))


class SubtractsTheMatrix:
    """You subtract W. With which sign does W x enter W x + x?"""

    def residual_matrix(W):
        _square(W)
        return np.eye(len(W)) - W


class KeepsIntegers:
    """The sum is right, and made of integers, which cut off every fraction that is written among
    them. Which kind of numbers does the docstring promise?"""

    def residual_matrix(W):
        _square(W)
        return W + np.eye(len(W), dtype=W.dtype)


class CountsTheColumnsOnly:
    """You make I from the number of columns. With a single column it is stretched over all of W:
    which two numbers of the shape must be equal?"""

    def residual_matrix(W):
        return W + np.eye(W.shape[1])


class AddsTheIdentityTwice:
    """Your matrix gives W x + 2 x. How often is x added?"""

    def residual_matrix(W):
        _square(W)
        return W + 2 * np.eye(len(W))


# --- the stack --------------------------------------------------------------------------------


class AddsTheFirstInputAlways:
    """Every block adds the input of the whole stack. What is added in x₂ = f₂(x₁) + x₁?"""

    def residual_stack(blocks, x):
        y = x
        for f in blocks:
            y = _checked(f(y), x) + x
        return y


class SkipsOnlyOnce:
    """You skip once, around all functions together. How many skips does a stack of L blocks
    have?"""

    def residual_stack(blocks, x):
        y = x
        for f in blocks:
            y = _checked(f(y), x)
        return y + x if blocks else x


class AsksAllAboutTheFirstInput:
    """All your functions get the first x, side by side. What does the second block see?"""

    def residual_stack(blocks, x):
        return x + sum(_checked(f(x), x) for f in blocks)


class BeginsWithTheLastBlock:
    """You go through the blocks from the end. Which of them meets x first?"""

    def residual_stack(blocks, x):
        for f in reversed(blocks):
            x = residual(f, x)
        return x


class StopsAfterOneBlock:
    """The return stands inside the loop. After how many blocks does your function leave it?"""

    def residual_stack(blocks, x):
        for f in blocks:
            return residual(f, x)
        return x


class ForgetsTheSkipsInTheStack:
    """You apply one function after the other. Where is the way around each of them?"""

    def residual_stack(blocks, x):
        for f in blocks:
            x = _checked(f(x), x)
        return x


class LeavesOutTheLastBlock:
    """Your loop ends one block too early. How many blocks are there, and does range reach its
    end?"""

    def residual_stack(blocks, x):
        for f in blocks[:-1]:
            x = residual(f, x)
        return x


class LeavesOutTheFirstBlock:
    """Your loop begins with the second block. Which index does the first one have?"""

    def residual_stack(blocks, x):
        for f in blocks[1:]:
            x = residual(f, x)
        return x


class AsksTheLastBlockOnly:
    """Every block sees the first x, and only the last answer is kept. What does = in a loop do to
    the answers before it?"""

    def residual_stack(blocks, x):
        y = x
        for f in blocks:
            y = residual(f, x)
        return y


class ListsEveryStage:
    """You return what leaves each block. Which of them is the answer of the stack?"""

    def residual_stack(blocks, x):
        stages = [x]
        for f in blocks:
            stages.append(residual(f, stages[-1]))
        return stages


# --- gradients --------------------------------------------------------------------------------


class DetachesTheSkip:
    """The numbers are right, but no gradient comes back along the skip. Which call cuts it off?"""

    def residual_torch(f, x):
        return _checked(f(x), x) + x.detach()


class DetachesTheFunction:
    """The numbers are right, but no gradient comes back through f, so it would never learn. Which
    call cuts it off?"""

    def residual_torch(f, x):
        return _checked(f(x), x).detach() + x


class StopsRecording:
    """No gradient comes back at all: no_grad, .data and detach all stop the recording. Is this a
    step of learning, or a part of the network?"""

    def residual_torch(f, x):
        import torch

        with torch.no_grad():
            return _checked(f(x), x) + x


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def residual(*args):
        raise NameError

    residual_matrix = residual
    residual_stack = residual
    residual_torch = residual


def _checked(y, x):
    if y.shape != x.shape:
        raise ValueError("shapes differ")
    return y


def _square(W):
    if W.shape[0] != W.shape[1]:
        raise ValueError("not square")
