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


class CutsTheFractions:
    """Your dtype is an integer one, so 0.8 becomes 0. Which dtype holds what stands behind the
    point?"""

    def vector(components):
        return np.array(components, dtype=int)

    def vector_torch(components):
        import torch

        return torch.tensor(components, dtype=torch.int64)


class UnpacksTheComponents:
    """With a star each component becomes an argument of its own, and the second argument is no
    component. What does the function take: numbers, or one list of them?"""

    def vector(components):
        return np.array(*components, dtype=float)

    def vector_torch(components):
        import torch

        return torch.tensor(*components, dtype=torch.float32)


class SortsTheComponents:
    """The second component has its own meaning, wherever it would stand by size. May the order
    change?"""

    def vector(components):
        return np.array(sorted(components), dtype=float)

    def vector_torch(components):
        import torch

        return torch.tensor(sorted(components), dtype=torch.float32)


class StaysInNumPy:
    """The numbers and their dtype are right, but this is still an array of NumPy's. Which library
    should the result belong to?"""

    def vector_torch(components):
        return np.array(components, dtype=np.float32)


class KeepsATuple:
    """A tuple is not a vector yet: + joins two of them. What turns numbers into an array, or a
    tensor?"""

    def vector(components):
        return tuple(float(x) for x in components)

    vector_torch = vector


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


class CountsInTheWrongDirection:
    """For k = 1 you read the second entry. Does an index in Python run ahead of k or behind it?"""

    def component(v, k):
        return v[k + 1]

    def component_torch(t, k):
        return t[k + 1].item()


class AllowsComponentZero:
    """Your check lets k = 0 pass, and then reads the entry -1, the last one. Where does the
    docstring let k begin?"""

    def component(v, k):
        if not 0 <= k <= v.size:
            raise IndexError(k)
        return v[k - 1]

    def component_torch(t, k):
        if not 0 <= k <= t.numel():
            raise IndexError(k)
        return t[k - 1].item()


class RefusesTheLastComponent:
    """Your check ends one too early: for k = n there is a component. Is n inside the range or
    outside, counted from 1?"""

    def component(v, k):
        if not 1 <= k < v.size:
            raise IndexError(k)
        return v[k - 1]

    def component_torch(t, k):
        if not 1 <= k < t.numel():
            raise IndexError(k)
        return t[k - 1].item()


class AssertsTheRange:
    """assert is a note for whoever writes the program: it raises AssertionError, and python -O
    leaves it out. Which exception does the docstring promise to the caller?"""

    def component(v, k):
        assert 1 <= k <= v.size
        return v[k - 1]

    def component_torch(t, k):
        assert 1 <= k <= t.numel()
        return t[k - 1].item()


class RaisesValueError:
    """Your check is in its place. But for an index that does not exist Python has an exception of
    its own, and callers wait for that one: which does the docstring name?"""

    def component(v, k):
        if not 1 <= k <= v.size:
            raise ValueError(k)
        return v[k - 1]

    def component_torch(t, k):
        if not 1 <= k <= t.numel():
            raise ValueError(k)
        return t[k - 1].item()


class RaisesPlainException:
    """Exception is the name of all errors together: whoever catches IndexError does not catch it.
    Which of them does the docstring promise?"""

    def component(v, k):
        if not 1 <= k <= v.size:
            raise Exception(k)
        return v[k - 1]

    def component_torch(t, k):
        if not 1 <= k <= t.numel():
            raise Exception(k)
        return t[k - 1].item()


class AnswersNoneOutside:
    """For a component that does not exist your answer is None, and the caller computes on with it.
    A printed message does not stop anybody: what does?"""

    def component(v, k):
        return v[k - 1] if 1 <= k <= v.size else None

    def component_torch(t, k):
        return t[k - 1].item() if 1 <= k <= t.numel() else None


class AnswersZeroOutside:
    """0 is a component like any other, so nobody notices that there was none. How does a Python
    function refuse its arguments?"""

    def component(v, k):
        return v[k - 1] if 1 <= k <= v.size else 0.0

    def component_torch(t, k):
        return t[k - 1].item() if 1 <= k <= t.numel() else 0.0


class AnswersMinusOneOutside:
    """-1 is a component like any other, so nobody notices that there was none. How does a Python
    function refuse its arguments?"""

    def component(v, k):
        return v[k - 1] if 1 <= k <= v.size else -1

    def component_torch(t, k):
        return t[k - 1].item() if 1 <= k <= t.numel() else -1


class CutsTheComponent:
    """int drops what stands behind the point, and components are seldom whole. Which function makes
    a Python number of it and loses nothing?"""

    def component(v, k):
        return int(_one_of(v, k))

    def component_torch(t, k):
        return int(_one_of(t, k))


class KeepsTheAxis:
    """A slice keeps its axis: yours is a vector with one component. What gives the number alone, a
    slice or an index?"""

    def component(v, k):
        _one_of(v, k)
        return v[k - 1 : k]

    component_torch = component


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

    def components_and_axes_torch(t):
        return len(t), t.dim()


class GivesTheShape:
    """A shape lists the size of every axis. Here a single number is asked for: how many components
    are there in all?"""

    __sizes__ = (1,)  # the shape alone

    def components_and_axes(a, *, size=0):
        return a.shape if size else (a.shape, a.ndim)

    def components_and_axes_torch(t, *, size=0):
        return t.shape if size else (t.shape, t.ndim)


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


class AssumesOneAxis:
    """You count the components and answer 1 for the axes, whatever comes. How many axes has a
    matrix, and who counts them?"""

    def components_and_axes(a):
        return a.size, 1

    def components_and_axes_torch(t):
        return t.numel(), 1


class CountsTheColumns:
    """You take the size of the last axis. That is enough for a vector; how many numbers does a
    matrix of shape (2, 3) hold?"""

    def components_and_axes(a):
        return a.shape[-1], a.ndim

    def components_and_axes_torch(t):
        return t.shape[-1], t.dim()


class AddsTheSizes:
    """You add the sizes of the axes. A matrix of shape (2, 3) has two rows of three numbers: are
    that five?"""

    def components_and_axes(a):
        return sum(a.shape), a.ndim

    def components_and_axes_torch(t):
        return sum(t.shape), t.dim()


class ListsTheCounts:
    """Both counts are right, in a list. The docstring promises a tuple: how is one written?"""

    def components_and_axes(a):
        return [a.size, a.ndim]

    def components_and_axes_torch(t):
        return [t.numel(), t.dim()]


class GivesOneCount:
    """One count has come back. Which two does the docstring ask for, and how does a function return
    both?"""

    def components_and_axes(a):
        return a.size

    def components_and_axes_torch(t):
        return t.numel()


class ReadsMethodsAsInPyTorch:
    """numel and dim are PyTorch's names, and an array does not know them. What are the two called
    in NumPy?"""

    def components_and_axes(a):
        return a.numel(), a.dim()


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


class CopiesIntoDoublePrecision:
    """Your copy has 64 bits for each number, and the weights of a layer have 32. Which dtype does
    the docstring ask for?"""

    def copy_to_torch(v):
        import torch

        return torch.tensor(v, dtype=torch.float64)


class CopiesIntoIntegers:
    """An integer dtype cuts off what stands behind the point. Which dtype does the docstring ask
    for?"""

    def copy_to_torch(v):
        import torch

        return torch.tensor(v).long()


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


# --- names ------------------------------------------------------------------------------------


class CallsNumpyAlone:
    """.numpy() refuses a tensor that needs gradients, and shares the memory of every other one.
    Which method must come before it, and which one after it?"""

    def copy_to_numpy(t):
        return t.numpy()


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def vector(*args):
        raise NameError

    component = vector
    components_and_axes = vector
    vector_torch = vector
    component_torch = vector
    components_and_axes_torch = vector
    copy_to_torch = vector
    share_with_torch = vector
    copy_to_numpy = vector


def _one_of(v, k):
    if not 1 <= k <= len(v):
        raise IndexError(k)
    return v[k - 1]
