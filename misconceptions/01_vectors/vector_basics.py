"""Wrong ideas about vectors in NumPy and PyTorch."""

import numpy as np

# --- making a vector --------------------------------------------------------------------------


class MakesARow:
    """You made a matrix with one row: shape (1, n), two axes. How many pairs of brackets does a
    vector have around its numbers?"""

    def vector(components):
        return np.array([components], dtype=float)

    def vector_torch(components):
        import torch

        return torch.tensor([components], dtype=torch.float32)


class MakesAColumn:
    """A column on paper is not a column in code: shape (n, 1) has two axes. What shape does a plain
    vector of n components have?"""

    def vector(components):
        return np.array([[x] for x in components], dtype=float)

    def vector_torch(components):
        import torch

        return torch.tensor([[x] for x in components], dtype=torch.float32)


class KeepsAList:
    """A list is not a vector yet: + joins two lists, and 2 * repeats one. What turns it into an
    array, or a tensor?"""

    def vector(components):
        return [float(x) for x in components]

    vector_torch = vector


class KeepsIntegers:
    """Made from integers, an array has an integer dtype, and cuts off every fraction that is
    written into it. How do you ask for floats?"""

    def vector(components):
        return np.array(components)


class KeepsIntegerTensors:
    """torch.tensor of integers is int64, and a gradient needs floats. Which argument settles the
    dtype, whatever the components are?"""

    def vector_torch(components):
        import torch

        return torch.tensor(components)


class MakesSinglePrecision:
    """32 bits are PyTorch's default. How many bits has a float in NumPy, unless you say
    otherwise?"""

    def vector(components):
        return np.array(components, dtype=np.float32)


class MakesDoublePrecision:
    """64 bits are NumPy's default, and a network's layers refuse them. How many bits has a float in
    PyTorch, unless you say otherwise?"""

    def vector_torch(components):
        import torch

        return torch.tensor(components, dtype=torch.float64)


class ReadsValuesAsSizes:
    """torch.Tensor with a capital T takes sizes: Tensor(3, 4) has 12 entries that nobody has set.
    Which name takes values?"""

    def vector_torch(components):
        import torch

        return torch.Tensor(*components)


# --- reading it -------------------------------------------------------------------------------


class CountsFromZero:
    """Formulas count components from 1, Python from 0. What must happen to k before it is an index,
    and what does an index below 0 mean to Python?"""

    def component(v, k):
        return v[k]

    def component_torch(t, k):
        return t[k].item()


class LetsNegativeIndicesWrap:
    """Python reads the index -1 as the last entry, so k = 0 gets an answer from you. Which values
    of k must be refused before you index?"""

    def component(v, k):
        return v[k - 1]

    def component_torch(t, k):
        return t[k - 1].item()


class ForgetsToUnwrap:
    """A tensor with one element is still a tensor. Which method gives the plain number in it?"""

    def component_torch(t, k):
        if not 1 <= k <= t.numel():
            raise IndexError(k)
        return t[k - 1]


class CountsOneAxisForEachComponent:
    """A vector of 3 components is a point in 3-dimensional space, but its array has one axis: one
    index finds an entry. Which attribute counts the axes?"""

    def components_and_axes(a):
        return a.size, a.size

    def components_and_axes_torch(t):
        return t.numel(), t.numel()


class SwapsTheCounts:
    """Both numbers are there, in the other order. Which of the two does the docstring name
    first?"""

    def components_and_axes(a):
        return a.ndim, a.size

    def components_and_axes_torch(t):
        return t.dim(), t.numel()


class CountsTheRows:
    """len is the size of the first axis only. That is enough for a vector; how many numbers does a
    matrix of shape (2, 3) hold?"""

    def components_and_axes(a):
        return len(a), a.ndim


class GivesTheShape:
    """A shape lists the size of every axis. Here a single number is asked for: how many components
    are there in all?"""

    def components_and_axes(a):
        return a.shape, a.ndim


class CallsAnAttribute:
    """In NumPy size and ndim are attributes, plain ints. What happens if you call the number 3 like
    a function?"""

    def components_and_axes(a):
        return a.size(), a.ndim()


class ForgetsToCall:
    """Without parentheses you hand over the method itself, not its answer. Which of these names are
    methods in PyTorch?"""

    def components_and_axes_torch(t):
        return t.numel, t.dim


class TakesSizeAsInNumPy:
    """size is the number of components in NumPy, and a method that gives the shape in PyTorch. What
    counts the elements of a tensor?"""

    def components_and_axes_torch(t):
        return t.size(), t.dim()


# --- from one library to the other ------------------------------------------------------------


class KeepsTheDtype:
    """torch.tensor keeps the array's dtype, and float64 does not fit the float32 weights of a
    layer. Which argument converts while it copies?"""

    def copy_to_torch(v):
        import torch

        return torch.tensor(v)


class SharesInsteadOfCopying:
    """from_numpy is quick because it copies nothing, and converts nothing: the tensor is the array
    in other clothes. Which function makes a new one, in a dtype of your choice?"""

    def copy_to_torch(v):
        import torch

        return torch.from_numpy(v)


class CountsOnTheConversion:
    """from_numpy shares, and .float() copies only if there is something to convert. What happens to
    an array that is float32 already?"""

    def copy_to_torch(v):
        import torch

        return torch.from_numpy(v).float()


class CopiesInsteadOfSharing:
    """Your tensor has memory of its own, so the array never hears of a change. Which function only
    gives PyTorch another view of the array?"""

    def share_with_torch(v):
        import torch

        return torch.tensor(v)


class ConvertsWhatItShares:
    """Another dtype needs other bytes, so converting is copying. Which dtype must the tensor have
    if the memory is the array's?"""

    def share_with_torch(v):
        import torch

        return torch.from_numpy(v).float()


class HandsOutTheMemory:
    """.numpy() does not copy: the array you return lies in the tensor's memory. How do you get an
    array of your own?"""

    def copy_to_numpy(t):
        return t.detach().numpy()


class ForgetsToDetach:
    """NumPy cannot keep track of gradients, so a tensor that needs them is refused. Which method
    gives the same numbers without that duty?"""

    def copy_to_numpy(t):
        return t.numpy().copy()


class GivesAPythonList:
    """tolist gives Python numbers in a list, without shape or dtype. What is the direct way from a
    tensor to an array?"""

    def copy_to_numpy(t):
        return t.tolist()
