"""Wrong ideas about strides, contiguity, views and copies."""

import numpy as np

# --- strides ----------------------------------------------------------------------------------


class LetsTheFirstAxisRunFastest:
    """Your strides describe columns lying one after the other, as in Fortran. Which index changes
    from one entry to the next when an array is read row by row?"""

    def contiguous_strides(shape, itemsize=1):
        strides, step = [], itemsize
        for n in shape:
            strides.append(step)
            step *= n
        return tuple(strides)


class ReversesTheStrides:
    """The right numbers, back to front. Which axis has the longest way to its neighbour: the first
    or the last?"""

    def contiguous_strides(shape, itemsize=1):
        return tuple(reversed(_strides(shape, itemsize)))


class CountsTheAxisItself:
    """Your steps are too long: a step along an axis skips what lies *behind* that axis. Is the size
    of the axis itself among the factors?"""

    def contiguous_strides(shape, itemsize=1):
        return tuple(s * n for s, n in zip(_strides(shape, itemsize), shape, strict=True))


class ForgetsTheBytes:
    """You count entries. Strides are asked for in units of which `itemsize` says how many one entry
    takes: where does it come in?"""

    def contiguous_strides(shape, itemsize=1):
        return _strides(shape, 1)


class AddsTheSizes:
    """To pass a block of 28 rows with 28 entries each, you skip 784 entries, not 56. How do the
    sizes behind an axis combine?"""

    def contiguous_strides(shape, itemsize=1):
        return tuple(itemsize * (sum(shape[k + 1 :]) or 1) for k in range(len(shape)))


class LooksOneAxisAhead:
    """Your rule holds for matrices. With three axes, a step along the first one skips whole
    matrices: how many entries are those?"""

    def contiguous_strides(shape, itemsize=1):
        return tuple(itemsize * n for n in (*shape[1:], 1)[: len(shape)])


class GivesBackTheShape:
    """The shape says how many entries an axis has. The stride says how far its neighbours lie
    apart. Which is asked for?"""

    def contiguous_strides(shape, itemsize=1):
        return shape


class ListsTheStrides:
    """The numbers are right, but they lie in a list: X.strides is of another type. Which does the
    docstring name?"""

    def contiguous_strides(shape, itemsize=1):
        return list(_strides(shape, itemsize))


class ReturnsTheSizeToo:
    """You return a pair: how much memory it takes, and the strides. What does the docstring ask
    for?"""

    def contiguous_strides(shape, itemsize=1):
        step = itemsize
        for n in shape:
            step *= n
        return step, _strides(shape, itemsize)


class CountsEightBytes:
    """You count 8 bytes for each entry, as float64 takes them. Which argument says how far the next
    entry is?"""

    def contiguous_strides(shape, itemsize=1):
        return _strides(shape, 8)


class ForgetsTheLastAxis:
    """Your strides are one too few. How far is it from one entry to the next along the last
    axis?"""

    def contiguous_strides(shape, itemsize=1):
        return _strides(shape, itemsize)[:-1]


# --- contiguity -------------------------------------------------------------------------------


class AsksWhoOwnsTheMemory:
    """A slice of rows owns nothing and lies in memory without a gap, and a transposed copy may own
    its memory. Which of the two was the question?"""

    def is_contiguous(a):
        return bool(a.flags.owndata)


class AcceptsColumnOrder:
    """A transposed matrix has no gaps, but reading it row by row jumps from column to column. Which
    of the two orders is meant?"""

    def is_contiguous(a):
        return bool(a.flags.forc)


class LooksAtTheLastStride:
    """The last axis has no gaps in X[:, :4], but what about the way from one row to the next? How
    many strides must be right?"""

    def is_contiguous(a):
        return a.ndim == 0 or a.strides[-1] == a.itemsize


class OnlyWantsFallingStrides:
    """Longest stride first: that is true of slices with gaps, too. Which numbers, exactly, must the
    strides be?"""

    def is_contiguous(a):
        return list(a.strides) == sorted(a.strides, reverse=True) and min(a.strides, default=1) > 0


class CountsStridesOfSingleAxes:
    """On an axis with a single place there is no neighbour to step to. Can its stride make a
    difference?"""

    def is_contiguous(a):
        return a.strides == _strides(a.shape, a.itemsize)


class FindsTransposesOnly:
    """This notices swapped axes. Entries can lie apart without that: what about every other row, or
    the first columns?"""

    def is_contiguous(a):
        steps = [abs(s) for s, n in zip(a.strides, a.shape, strict=True) if n > 1]
        return steps == sorted(steps, reverse=True)


class ComparesBytesWithEntries:
    """NumPy's strides count bytes, and yours count entries. By what do the two differ, and which
    attribute of the array tells it?"""

    def is_contiguous(a):
        steps = _strides(a.shape, 1)
        return all(n == 1 or s == t for n, s, t in zip(a.shape, a.strides, steps, strict=True))


class AnswersTheOtherWayRound:
    """You say True where reading row by row jumps in memory. Which of the two is called
    contiguous?"""

    def is_contiguous(a):
        return not a.flags.c_contiguous


# --- a view in another shape ------------------------------------------------------------------


class ReshapesAndHopes:
    """reshape gives a view where it can, and silently a copy where it cannot. How do you find out
    which of them you got?"""

    def reshaped_view(a, shape):
        return a.reshape(shape)


class AsksForTheBase:
    """base is the array that owns the memory. For a view of a view, is that the array you were
    given? Which function asks about memory itself?"""

    def reshaped_view(a, shape):
        view = a.reshape(shape)
        if view.base is not a:
            raise ValueError("a copy would be needed")
        return view


class CopiesIntoLineFirst:
    """ascontiguousarray copies whatever is not in line, so nobody ever hears that it was no view.
    What should the caller get instead?"""

    def reshaped_view(a, shape):
        return np.ascontiguousarray(a).reshape(shape)


class CopiesAlways:
    """flatten and copy always make new memory. Which method gives another shape without moving the
    numbers?"""

    def reshaped_view(a, shape):
        return a.flatten().reshape(shape)


class RefusesEveryGap:
    """Every other entry of a vector still fits a matrix with one stride for each axis, and no copy.
    Is "not contiguous" the same as "needs a copy"?"""

    def reshaped_view(a, shape):
        if not a.flags.c_contiguous:
            raise ValueError("not contiguous")
        return a.reshape(shape)


class ReordersThePlaces:
    """Order "A" or "F" reads a transposed array in memory order. The entries should come in reading
    order: row by row."""

    def reshaped_view(a, shape):
        view = a.reshape(shape, order="A")
        if not np.shares_memory(view, a):
            raise ValueError("a copy would be needed")
        return view


class ChangesTheShapeOfTheOriginal:
    """Setting .shape changes the caller's own array. Of what could you set it instead, so that the
    caller's array keeps its shape?"""

    def reshaped_view(a, shape):
        try:
            a.shape = shape
        except AttributeError:
            raise ValueError("a copy would be needed") from None
        return a


class CallsViewAsInPyTorch:
    """In NumPy .view changes the dtype, not the shape. Which method sets the shape?"""

    def reshaped_view(a, shape):
        return a.view(shape)


class LetsResizeFill:
    """np.resize repeats or drops entries until the shape fits, and copies them. What should happen
    when the sizes do not multiply to the number of entries?"""

    def reshaped_view(a, shape):
        return np.resize(a, shape)


class SetsTheShapeOfAView:
    """Setting .shape on a view never copies, but where it cannot be done the error is another one.
    Which exception does the docstring name, and how do you turn one into the other?"""

    def reshaped_view(a, shape):
        view = a.view()
        view.shape = shape
        return view


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for what cannot be a view, and which statement makes one?"""

    def reshaped_view(a, shape):
        view = a.reshape(shape)
        assert np.shares_memory(view, a)
        return view

    def reshaped_view_torch(t, shape):
        view = t.reshape(shape)
        assert view.data_ptr() == t.data_ptr()
        return view


class ReturnsNoneInsteadOfRaising:
    """Where no view can be had you give back None, and the caller goes on with it. How does the
    docstring say that there is no answer?"""

    def reshaped_view(a, shape):
        view = a.reshape(shape)
        return view if np.shares_memory(view, a) else None

    def reshaped_view_torch(t, shape):
        view = t.reshape(shape)
        return view if view.data_ptr() == t.data_ptr() else None


class RaisesTheOthersException:
    """You refuse what would be copied, but with the exception of the other library. Which class
    does the docstring of this very function name?"""

    def reshaped_view(a, shape):
        view = a.reshape(shape)
        if not np.shares_memory(view, a):
            raise RuntimeError("a copy would be needed")
        return view

    def reshaped_view_torch(t, shape):
        view = t.reshape(shape)
        if view.data_ptr() != t.data_ptr():
            raise ValueError("a copy would be needed")
        return view


# --- a copy in another shape ------------------------------------------------------------------


class CallsReshapeACopy:
    """reshape gives a new array object, but mostly in the old memory: a write into it reaches the
    original. What makes new memory for certain?"""

    def reshaped_copy(a, shape):
        return a.reshape(shape)


class CountsOnContiguous:
    """ascontiguousarray and .contiguous() copy only what is out of line. What do they do with an
    array that is in line already?"""

    def reshaped_copy(a, shape):
        return np.ascontiguousarray(a).reshape(shape)


class KeepsTheOldShape:
    """You copied, but the shape is the old one. reshape does not change the array that it is called
    on: what becomes of its result?"""

    def reshaped_copy(a, shape):
        copy = a.copy()
        copy.reshape(shape)
        return copy

    def reshaped_copy_torch(t, shape):
        copy = t.clone()
        copy.reshape(shape)
        return copy


class CopiesInMemoryOrder:
    """Your copy holds the entries as they lie in memory, so a transpose comes out unturned. In
    which order should they be read?"""

    def reshaped_copy(a, shape):
        return a.ravel(order="K").reshape(shape).copy()


class LetsResizeFillTheCopy:
    """np.resize repeats or drops entries until the shape fits. What should happen when the sizes do
    not multiply to the number of entries?"""

    def reshaped_copy(a, shape):
        return np.resize(a, shape)


class CopiesAsAVector:
    """flatten copies, and its result has one axis. Which shape was asked for?"""

    def reshaped_copy(a, shape):
        return a.flatten()

    def reshaped_copy_torch(t, shape):
        return t.flatten().clone()


# --- writing through --------------------------------------------------------------------------


class WritesIntoACopy:
    """You silenced the neuron in a copy, and the caller's vector never hears of it. Which step made
    the copy?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta = theta.copy()
        theta[i * inputs : (i + 1) * inputs] = 0
        theta[outputs * inputs + i] = 0
        return theta


class KeepsTheChangeToItself:
    """Nothing in the caller's vector has changed: what you wrote into lies in memory of its own.
    Which of your steps made it?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta = theta.copy()
        theta[i * inputs : (i + 1) * inputs] = 0
        theta[outputs * inputs + i] = 0


class SilencesOneWeight:
    """You set one weight to zero. How many weights does a neuron have, and at which place do those
    of neuron i begin?"""

    __sizes__ = (1,)  # the first of its row

    def silence_neuron(theta, outputs, inputs, i, *, size=0):
        theta[i * inputs if size else i] = 0
        theta[outputs * inputs + i] = 0


class CutsTheNeuronOut:
    """np.delete makes a shorter vector and leaves the caller's as it is. Should the entries vanish,
    or become zero where they stand?"""

    def silence_neuron(theta, outputs, inputs, i):
        places = [*range(i * inputs, (i + 1) * inputs), outputs * inputs + i]
        return np.delete(theta, places)


class SilencesTheBiasOfAll:
    """All biases are zero now. Which one belongs to neuron i?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[i * inputs : (i + 1) * inputs] = 0
        theta[outputs * inputs :] = 0


class RebindsTheName:
    """The weights in the caller's vector are what they were. row = … only gives the name to
    something else, and a copy is not the vector: how do you write into its own entries?"""

    def silence_neuron(theta, outputs, inputs, i):
        row = theta[: outputs * inputs].reshape(outputs, inputs)[i]
        row = np.zeros_like(row)
        theta[outputs * inputs + i] = 0


class ForgetsTheBias:
    """A neuron without weights still answers its bias. Where in the vector is it?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[i * inputs : (i + 1) * inputs] = 0


class SilencesAnInput:
    """You cleared a column: that cuts one input off from all neurons. Where do the weights of one
    neuron stand?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[: outputs * inputs].reshape(outputs, inputs)[:, i] = 0
        theta[outputs * inputs + i] = 0


class SwapsTheSizes:
    """Your matrix has a row for each input. W has shape (outputs, inputs): how long is one
    row?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[: outputs * inputs].reshape(inputs, outputs)[i] = 0
        theta[outputs * inputs + i] = 0


class ExpectsTheBiasInTheRow:
    """You take the bias to stand behind the weights of its own neuron. In which order does the
    vector hold W and the bias?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta.reshape(outputs, inputs + 1)[i] = 0


class ExpectsTheBiasFirst:
    """You look for the bias at the front. In which order does the vector hold W and the bias?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[outputs + i * inputs : outputs + (i + 1) * inputs] = 0
        theta[i] = 0


class CountsNeuronsFromOne:
    """You silenced the neighbour. From which number are neurons counted here?"""

    def silence_neuron(theta, outputs, inputs, i):
        theta[max(i - 1, 0) * inputs : max(i, 0) * inputs] = 0
        theta[outputs * inputs + i - 1] = 0


# --- PyTorch ----------------------------------------------------------------------------------


class ReshapesTheTensor:
    """.reshape gives a view where it can, and silently a copy where it cannot. Which method insists
    on a view?"""

    def reshaped_view_torch(t, shape):
        return t.reshape(shape)


class MakesTheTensorContiguous:
    """.contiguous() is the cure that PyTorch's message suggests, and it copies. Is the result then
    still a view of t?"""

    def reshaped_view_torch(t, shape):
        return t.contiguous().view(shape)


class RefusesEveryTensorWithGaps:
    """.view takes some tensors that are not contiguous: it only needs one stride for each new axis.
    Who can decide that for you?"""

    def reshaped_view_torch(t, shape):
        if not t.is_contiguous():
            raise RuntimeError("not contiguous")
        return t.view(shape)


class CallsReshapeATensorCopy:
    """.reshape copies only where it must, so a contiguous tensor is shared. Which method always
    makes new memory?"""

    def reshaped_copy_torch(t, shape):
        return t.reshape(shape)


class InsistsOnAViewThenClones:
    """.view refuses a transposed tensor before you get to copy it. In which order do the two steps
    work for every tensor, or which other method takes them all?"""

    def reshaped_copy_torch(t, shape):
        return t.view(shape).clone()


class CountsOnContiguousTensors:
    """.contiguous() copies only what is out of line, and returns a tensor that is in line already
    as it is. Which method always makes new memory?"""

    def reshaped_copy_torch(t, shape):
        return t.contiguous().view(shape)


def _strides(shape, itemsize):
    strides, step = [], itemsize
    for n in reversed(shape):
        strides.append(step)
        step *= n
    return tuple(reversed(strides))
