"""Wrong ideas about which shapes fit."""

# --- the sizes of a layer ---------------------------------------------------------------------


class ReadsTheShapeFromTheLeft:
    """W.shape starts with the rows. Does a row stand for an input or for a neuron?"""

    def layer_sizes(W):
        return W.shape


class CountsRowsTwice:
    """len counts rows. What is it about W that tells how many inputs each row has?"""

    def layer_sizes(W):
        return len(W), len(W)


class CountsWeights:
    """W.size counts all weights, one for each connection. How many numbers go in?"""

    def layer_sizes(W):
        return W.size, W.shape[0]


class ListsTheSizes:
    """Both sizes are right, in a list. The docstring promises a tuple: how is one written?"""

    def layer_sizes(W):
        return [W.shape[1], W.shape[0]]


class CountsColumnsTwice:
    """W.shape[1] counts columns, and columns are inputs. What counts the neurons?"""

    def layer_sizes(W):
        return W.shape[1], W.shape[1]


class CountsAxes:
    """ndim counts the axes, and every matrix has two. Which attribute tells how long each axis
    is?"""

    def layer_sizes(W):
        return W.ndim, W.ndim


# --- one product ------------------------------------------------------------------------------


class KnowsTwoAxesOnly:
    """A vector's shape has one entry, and right[1] is an error there. How do you take what stands
    after the first size, whether there is something or not?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return (left[0], right[1])


class KnowsVectorsOnly:
    """You answer as if a vector stood on the right. What remains of (n, p) besides the inner
    size?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return (left[0],)


class AnswersANumberForVectors:
    """(4) is the number 4, and (4,) a shape with one entry. Which comma is missing?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return left[0] if len(right) == 1 else (left[0], right[1])


class ListsTheShape:
    """The sizes are right, in a list. Shapes are tuples here: how is one written?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return [left[0], *right[1:]]


class CountsTheEntries:
    """You say how many numbers the product holds. How are they arranged?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return left[0] * right[-1] if len(right) > 1 else left[0]


class KeepsAllSizes:
    """You list every size of both shapes. Which two of them disappear in the sum over j?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return left + right


class AnswersAnEmptyShape:
    """() is the shape of a single number, so it says that there is a product. How does a Python
    function refuse its arguments?"""

    def product_shape(left, right):
        return left[:1] + right[1:] if left[1] == right[0] else ()


class KeepsTheInnerSizes:
    """You keep the sizes that meet. Which sizes are left after the sum over all of them?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return (left[1], *right[:1])[: len(right)]


class SwapsTheOuterSizes:
    """The rows of the result are the rows of which factor? Try (2, 3) with (3, 4)."""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return (*right[1:], left[0])


class KeepsTheShapeOfTheLeft:
    """A product is no scaling: its shape need not be that of W. How many numbers does a layer of 2
    neurons give?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return left


class KeepsTheShapeOfTheRight:
    """The result has the shape of the input here. Then no layer could ever change the size. Which
    size does W decide?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return right


class MakesAColumn:
    """A vector in, a vector out. Has the product of (m, n) and (n,) one axis or two?"""

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return (left[0], *right[1:], 1)[:2]


class NeverRefuses:
    """You predict a shape for every pair, and Python will not. Which two sizes must be compared
    first?"""

    def product_shape(left, right):
        return left[:1] + right[1:]


class StretchesAOne:
    """A size of 1 stretches in sums and in products with *. Does it in a product with @?"""

    def clash(left, right):
        if left[1] == right[0] or 1 in (left[1], right[0]):
            return None
        return left[1], right[0]


class AcceptsMultiples:
    """10 is two times 5, and still no vector of 10 entries goes into 5 columns. Which relation must
    hold between the two sizes?"""

    def clash(left, right):
        if right[0] % left[1] == 0 or left[1] % right[0] == 0:
            return None
        return left[1], right[0]


class ComparesTheFirstSizes:
    """You compare the rows of the one with the rows of the other, as a sum would. Which size of W
    says how many inputs it takes?"""

    def clash(left, right):
        return None if left[0] == right[0] else (left[0], right[0])


class ComparesTheLastSizes:
    """You line the shapes up on the right, as broadcasting does. What do columns of W have to meet
    in a product?"""

    def clash(left, right):
        return None if left[-1] == right[-1] else (left[-1], right[-1])


class ComparesTheOuterSizes:
    """Outer sizes are free; they are what remains. Which two sizes stand next to each other when
    you write the shapes side by side?"""

    def clash(left, right):
        return None if left[0] == right[-1] else (left[0], right[-1])


class WantsEqualShapes:
    """Equal shapes are what + asks for. May (2, 3) meet (3, 4) in a product?"""

    def clash(left, right):
        return None if left == right else (left[1], right[0])


class NamesTheRightSizeFirst:
    """Both sizes are found, but in which order does the docstring want them?"""

    def clash(left, right):
        return None if left[1] == right[0] else (right[0], left[1])


class NamesTheShapes:
    """You give whole shapes. Only one number of each is to blame: which?"""

    def clash(left, right):
        return None if left[1] == right[0] else (left, right)


class NamesTheOuterSizes:
    """They do clash, but these two sizes may be anything. Which two should have been
    equal?"""

    def clash(left, right):
        return None if left[1] == right[0] else (left[0], right[-1])


class SaysYesOrNo:
    """You say whether there is a clash. What would a reader of your message want to know next?"""

    def clash(left, right):
        return left[1] != right[0]


class NamesSizesThatFit:
    """You name two equal sizes as a clash. What is the answer when the shapes fit?"""

    def clash(left, right):
        return left[1], right[0]

    def product_shape(left, right):
        _fitting_or_raise(left, right)
        return left[:1] + right[1:]


class ListsTheClash:
    """Both sizes are found, in a list. The docstring promises a tuple: how is one written?"""

    def clash(left, right):
        return None if left[1] == right[0] else [left[1], right[0]]


class AnswersFalseForNoClash:
    """False says no to a question that was not asked. Which value does the docstring name where
    nothing clashes?"""

    def clash(left, right):
        return False if left[1] == right[0] else (left[1], right[0])


class AnswersAnEmptyTuple:
    """An empty tuple holds no sizes, but it is a tuple still. Which value does the docstring name
    where nothing clashes?"""

    def clash(left, right):
        return () if left[1] == right[0] else (left[1], right[0])


class SaysWhetherItFits:
    """You say whether the shapes fit. What would a reader of an error message want to know, and
    what is the answer where nothing clashes?"""

    def clash(left, right):
        return left[1] == right[0]


class ComparesVectorsWithTheRows:
    """For a vector you compare its entries with the rows of the matrix. Which of the two sizes says
    how many numbers a layer takes?"""

    def clash(left, right):
        size = left[0] if len(right) == 1 else left[1]
        return None if size == right[0] else (size, right[0])


class RaisesInsteadOfNaming:
    """Here a clash is an answer, not an error. Which two numbers does the docstring want to see?"""

    def clash(left, right):
        if left[1] != right[0]:
            raise ValueError("shapes do not fit")


class NamesOneSize:
    """A clash has two sides. Which second number belongs to yours?"""

    def clash(left, right):
        return None if left[1] == right[0] else left[1]


# --- what does not fit ------------------------------------------------------------------------


class AssertsThatItFits:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            raise AssertionError
        return left[:1] + right[1:]

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                raise AssertionError
            sizes.append(m)
        return sizes


class RaisesAnotherError:
    """Your check is in its place. But whoever waits for the exception that the docstring names
    never meets yours: which one is it?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            raise TypeError("does not fit")
        return left[:1] + right[1:]


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches ValueError does not catch it.
    Which of them does the docstring promise?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            raise Exception("does not fit")
        return left[:1] + right[1:]

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                raise Exception("does not fit")
            sizes.append(m)
        return sizes


class AnswersNoneForBadShapes:
    """For shapes that do not fit your answer is None, and the caller computes on with it. A printed
    message does not stop anybody: what does?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            return None
        return left[:1] + right[1:]

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                return None
            sizes.append(m)
        return sizes


class AnswersMinusOneForBadShapes:
    """-1 is an answer like any other: who gets it cannot tell that the shapes were wrong. How does
    a Python function refuse its arguments?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            return -1
        return left[:1] + right[1:]

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                return -1
            sizes.append(m)
        return sizes


class AnswersFalseForBadShapes:
    """False says no, and a caller who asks for sizes hears 0. How does a Python function refuse its
    arguments?"""

    def product_shape(left, right):
        if left[1] != right[0]:
            return False
        return left[:1] + right[1:]

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                return False
            sizes.append(m)
        return sizes


# --- a chain of layers ------------------------------------------------------------------------


class ForgetsTheInput:
    """Your list starts after the first layer. Which size came before it?"""

    def chain_sizes(shapes, size):
        return _chain(shapes, size)[1:]


class KeepsOnlyTheEnd:
    """You give the size at the end. What is asked for at each step before it?"""

    def chain_sizes(shapes, size):
        return _chain(shapes, size)[-1]


class StartsWithTheLastLayer:
    """In W₂(W₁x) the layer written last acts first, but the list is in the order of acting. Which
    layer meets the input?"""

    def chain_sizes(shapes, size):
        return _chain(shapes[::-1], size)


class TurnsTheWeightsOver:
    """You read (m, n) as m inputs and n outputs. Which of the two is the number of columns, and
    what do columns stand for?"""

    def chain_sizes(shapes, size):
        return _chain([shape[::-1] for shape in shapes], size)


class BelievesEveryLayer:
    """You list what each layer gives and never ask what it takes. Which comparison is missing at
    each step?"""

    def chain_sizes(shapes, size):
        return [size] + [m for m, n in shapes]


class ForgetsToCheckTheInput:
    """Your layers fit one another. Does the first of them fit the input?"""

    def chain_sizes(shapes, size):
        return [size, *_chain(shapes, shapes[0][1] if shapes else size)[1:]]


class ChecksOnlyTheInput:
    """You check the first layer. What arrives at the second one?"""

    def chain_sizes(shapes, size):
        _chain(shapes[:1], size)
        return [size] + [m for m, n in shapes]


class ComparesEveryLayerWithTheInput:
    """Only the first layer sees the input. What does the second one see?"""

    def chain_sizes(shapes, size):
        for _, n in shapes:
            _fitting_or_raise((1, n), (size,))
        return [size] + [m for m, n in shapes]


class StopsAtTheBreak:
    """The chain is broken and you return its first part, as if all were well. What should a caller
    get instead of a list?"""

    def chain_sizes(shapes, size):
        sizes = [size]
        for m, n in shapes:
            if n != sizes[-1]:
                break
            sizes.append(m)
        return sizes


class ReturnsATuple:
    """The sizes are right, in a tuple. What kind of sequence does the docstring promise?"""

    def chain_sizes(shapes, size):
        return tuple(_chain(shapes, size))


class ListsEverySizeTwice:
    """What leaves one layer enters the next: it is one size, and stands twice in your list. How
    many sizes are there for L layers?"""

    def chain_sizes(shapes, size):
        _chain(shapes, size)
        return [entry for m, n in shapes for entry in (n, m)]


class LeavesOutTheLastLayer:
    """Your list ends before the last layer has answered. How long should it be for L layers?"""

    def chain_sizes(shapes, size):
        sizes = _chain(shapes, size)
        return sizes[:-1] if shapes else sizes


class RepeatsTheInput:
    """What arrives at a layer is not what leaves it. Which of the two numbers of its shape comes
    out?"""

    def chain_sizes(shapes, size):
        _chain(shapes, size)
        return [size] + [n for m, n in shapes]


# --- a layer of PyTorch's ---------------------------------------------------------------------


class PassesTheShapeOn:
    """nn.Linear takes its two numbers in another order than the shape of its weight has them. Which
    comes first?"""

    def linear_layer(shape):
        import torch

        return torch.nn.Linear(*shape)


class LeavesTheBiasOut:
    """Your layer has no bias. What does the docstring say about its shape?"""

    def linear_layer(shape):
        import torch

        return torch.nn.Linear(shape[1], shape[0], bias=False)


class ReturnsOnlyTheWeight:
    """You return a matrix of the right shape. Which object has a weight, a bias and can be
    called?"""

    def linear_layer(shape):
        import torch

        return torch.zeros(shape)


class MakesASquareLayer:
    """Your layer takes as many numbers as it gives. Which of the two sizes is the number of
    inputs?"""

    def linear_layer(shape):
        import torch

        return torch.nn.Linear(shape[0], shape[0])


class PassesOneTuple:
    """nn.Linear takes two numbers, and a shape is one tuple. How do you take it apart, and in which
    order?"""

    def linear_layer(shape):
        import torch

        return torch.nn.Linear(shape)


class ReturnsTheSizes:
    """You return two numbers. Which object has a weight, a bias and can be called?"""

    def linear_layer(shape):
        return shape[1], shape[0]


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def layer_sizes(*args):
        raise NameError

    clash = layer_sizes
    product_shape = layer_sizes
    chain_sizes = layer_sizes
    linear_layer = layer_sizes


def _fitting_or_raise(left, right):
    if left[1] != right[0]:
        raise ValueError("shapes do not fit")


def _chain(shapes, size):
    sizes = [size]
    for m, n in shapes:
        _fitting_or_raise((m, n), (sizes[-1],))
        sizes.append(m)
    return sizes
