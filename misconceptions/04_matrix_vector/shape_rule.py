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


# --- one product ------------------------------------------------------------------------------


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


def _fitting_or_raise(left, right):
    if left[1] != right[0]:
        raise ValueError("shapes do not fit")


def _chain(shapes, size):
    sizes = [size]
    for m, n in shapes:
        _fitting_or_raise((m, n), (sizes[-1],))
        sizes.append(m)
    return sizes
