"""Wrong ideas about reshaping, flattening and transposing."""

import numpy as np

# --- one image --------------------------------------------------------------------------------


class ReadsDownTheColumns:
    """Your vector starts with the first column. An image is read along its rows: which index runs
    fastest then?"""

    def flatten_image(image):
        return image.T.reshape(-1)


class ReadsInMemoryOrder:
    """order="K" or "A" follows the layout in memory, so a transposed image comes out as if it were
    not. Should the answer depend on how the entries are stored?"""

    def flatten_image(image):
        return image.ravel(order="K")


class ForgetsToKeepTheResult:
    """reshape leaves the array as it is and gives a new one. What happens to a result that nobody
    keeps?"""

    def flatten_image(image):
        image.reshape(-1)
        return image


class ReturnsWhatResizeReturns:
    """.resize changes an array in place and returns None. Which method gives you a new
    array?"""

    def flatten_image(image):
        return image.copy().resize(image.size)


class KeepsTheImageAsARow:
    """Shape (1, 784) still has two axes. How many axes does a vector have?"""

    def flatten_image(image):
        return image.reshape(1, -1)


class KeepsTheImageAsAColumn:
    """Shape (784, 1) is a matrix with one column. How many axes does a vector have?"""

    def flatten_image(image):
        return image.reshape(-1, 1)


class TakesTheFirstRow:
    """Your vector is too short: the other rows of the image are missing. How many entries must be
    left after a reshape?"""

    def flatten_image(image):
        return image[0]


class AnswersWithAList:
    """The entries are right, but they lie in a list, which has no shape. What should come out, and
    of how many axes?"""

    def flatten_image(image):
        return image.reshape(-1).tolist()

    def flatten_batch(images):
        return [image.reshape(-1) for image in images]

    flatten_batch_torch = flatten_batch

    def unflatten_batch(rows, height, width):
        return [row.reshape(height, width) for row in rows]


class KnowsOneSizeOnly:
    """784 is 28 times 28, and images come in other sizes, too. How can you let reshape work that
    number out, or read it from the shape?"""

    def flatten_image(image):
        return image.reshape(784)

    def flatten_batch(images):
        return images.reshape(len(images), 784)

    flatten_batch_torch = flatten_batch


# --- a batch ----------------------------------------------------------------------------------


class FlattensTheBatchToo:
    """All images ended up in one vector. Which axis tells the samples apart, and so must stay?"""

    def flatten_batch(images):
        return images.reshape(-1)

    flatten_batch_torch = flatten_batch


class MakesTheImagesColumns:
    """You have one image in each column. Samples belong in rows: which size comes first?"""

    def flatten_batch(images):
        return images.reshape(len(images), -1).T

    flatten_batch_torch = flatten_batch


class GivesEachPixelARow:
    """Your rows are counted from the wrong end: the -1 stands where the number of images belongs.
    How many rows should there be?"""

    def flatten_batch(images):
        return images.reshape(-1, len(images))

    flatten_batch_torch = flatten_batch


class MixesTheImages:
    """A reshape to as many columns as there are images, turned round: the shape is right, and each
    row holds pixels of all images. Is row 0 still image 0?"""

    def flatten_batch(images):
        return images.reshape(-1, len(images)).T

    flatten_batch_torch = flatten_batch


class JoinsTheFirstTwoAxes:
    """You kept the last axis and joined the samples with their rows of pixels. Which axes belong to
    one image?"""

    def flatten_batch(images):
        return images.reshape(-1, images.shape[-1])

    flatten_batch_torch = flatten_batch


class FlattensTheColumnsOfEach:
    """Each image has its row, but it is read by columns. Did you turn the images before you read
    them?"""

    def flatten_batch(images):
        return images.swapaxes(1, -1).reshape(len(images), -1)

    flatten_batch_torch = flatten_batch


class KnowsThreeAxesOnly:
    """Your code wants (N, h, w), and images with channels have a fourth axis. How can you say "all
    the rest" without naming each axis?"""

    def flatten_batch(images):
        N, h, w = images.shape
        return images.reshape(N, h * w)

    flatten_batch_torch = flatten_batch


class MultipliesTwoSizesOnly:
    """Height times width is too little when there are channels, and reshape refuses. How can you
    say "all the rest" without naming each axis?"""

    def flatten_batch_torch(images):
        return images.reshape(images.shape[0], images.shape[-2] * images.shape[-1])


class FlattensTwoAxesOnly:
    """You multiply height and width, and forget the channels. How can you say "all the rest"
    without naming each axis?"""

    def flatten_batch(images):
        return images.reshape(*images.shape[:-2], images.shape[-2] * images.shape[-1])

    flatten_batch_torch = flatten_batch


class SqueezesTheBatch:
    """squeeze removes every axis of size 1, and with a single image that is the batch axis, too.
    Which axes did you mean?"""

    def flatten_batch(images):
        return images.reshape(len(images), -1).squeeze()

    flatten_batch_torch = flatten_batch


class UsesViewOnAnything:
    """.view needs entries that lie in memory in the right order, and a transposed image does not.
    Which method copies where it must?"""

    def flatten_batch_torch(images):
        return images.view(len(images), -1)


# --- and back ---------------------------------------------------------------------------------


class SwapsHeightAndWidth:
    """Height counts the rows and comes first. Which of your sizes is which?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(len(rows), width, height)


class FillsTheColumnsFirst:
    """You fill an image column by column, but it was read row by row. Which order undoes the
    flattening?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(len(rows), width, height).swapaxes(1, 2)


class LetsTheBatchAbsorbIt:
    """A -1 in front swallows every mistake: 4 rows of 6 become 6 images of 4. How many images must
    there be?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(-1, height, width)


class LosesABatchOfOne:
    """squeeze removes every axis of size 1, and with a single image that is the batch axis, too.
    Why did you need it?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(len(rows), height, width).squeeze()


class ForgetsTheSamples:
    """You make one image, and the rows are many. Which size belongs in front of height and
    width?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(height, width)


class CutsWhatIsTooMuch:
    """np.resize cuts off or repeats entries until the shape fits. What should happen to a row that
    does not have h · w of them?"""

    def unflatten_batch(rows, height, width):
        return np.resize(rows, (len(rows), height, width))


class AssertsInsteadOfRaising:
    """A failed assert is an AssertionError, and Python can be told to skip it. Which exception does
    the docstring name for what has no answer, and which statement makes one?"""

    def unflatten_batch(rows, height, width):
        assert rows.shape[1] == height * width
        return rows.reshape(len(rows), height, width)

    def solve_shape(size, shape):
        try:
            return _solved(size, shape)
        except ValueError:
            raise AssertionError from None


class ReturnsNoneInsteadOfRaising:
    """Where there is no answer you give back None, and the caller goes on with it. How does the
    docstring say that nothing fits?"""

    def unflatten_batch(rows, height, width):
        return rows.reshape(len(rows), height, width) if rows[0].size == height * width else None

    def solve_shape(size, shape):
        try:
            return _solved(size, shape)
        except ValueError:
            return None


class RaisesAnotherException:
    """You refuse what does not fit, but not with the exception that the docstring names. Which
    class will a caller try to catch?"""

    def unflatten_batch(rows, height, width):
        if rows.shape[1] != height * width:
            raise Exception("other sizes")
        return rows.reshape(len(rows), height, width)

    def solve_shape(size, shape):
        try:
            return _solved(size, shape)
        except ValueError:
            raise Exception from None


# --- the unknown size -------------------------------------------------------------------------


class LeavesTheRest:
    """A rest that does not divide is thrown away by //. Do the sizes you return multiply to the
    number of entries?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        known = _known(shape)
        if -1 not in shape and known != size:
            raise ValueError("wrong product")
        return tuple(size // known if n == -1 else n for n in shape)


class DividesInFloats:
    """/ gives a float, which cannot hold every large whole number, and a shape holds ints. Which
    operator divides whole numbers?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        rest = size / _known(shape)
        if rest != int(rest) or (-1 not in shape and rest != 1):
            raise ValueError("not whole")
        return tuple(int(rest) if n == -1 else n for n in shape)


class MultipliesIn64Bits:
    """np.prod holds a product in 64 bits, and a larger one wraps round without a word. Which
    integers grow as large as they must?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        known = int(np.prod([n for n in shape if n != -1], dtype=np.int64))
        if known == 0 or size % known or (-1 not in shape and size != known):
            raise ValueError("does not fit")
        return tuple(size // known if n == -1 else n for n in shape)


class SubtractsTheKnownSizes:
    """You take the known sizes away from the number of entries. A grid of 3 by 4 holds 12: how do
    sizes combine?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        rest = size - sum(n for n in shape if n != -1)
        return tuple(rest if n == -1 else n for n in shape)


class CountsTheMinusOne:
    """You multiply all sizes, and the -1 is among them, so the sign flips. Which factors are
    known?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        known = 1
        for n in shape:
            known *= n
        if size % known or (-1 not in shape and known != size):
            raise ValueError("does not divide")
        return tuple(size // known if n == -1 else n for n in shape)


class FillsEveryUnknown:
    """Two sizes are unknown and you give both the same value. How many pairs of numbers multiply to
    12? When is there only one answer?"""

    def solve_shape(size, shape):
        known = _known(shape)
        if size % known or (-1 not in shape and known != size):
            raise ValueError("does not divide")
        return tuple(size // known if n == -1 else n for n in shape)


class TrustsAFullShape:
    """Without a -1 you return the shape unseen. Can 12 entries have the shape (3, 3)?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        if -1 not in shape:
            return shape
        if size % _known(shape):
            raise ValueError("does not divide")
        return tuple(size // _known(shape) if n == -1 else n for n in shape)


class TrustsAFullShapeThatDivides:
    """6 divides 12, but (2, 3) holds only 6 entries. If nothing is unknown, what must the product
    be?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        if size % _known(shape):
            raise ValueError("does not divide")
        return tuple(size // _known(shape) if n == -1 else n for n in shape)


class ReturnsOnlyTheUnknown:
    """You found the missing size. What is asked for is the whole shape, with that size in its
    place."""

    def solve_shape(size, shape):
        return size // _known(shape)


class FillsTheFirstPlace:
    """You put the missing size in front. Where did the -1 stand?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        known = tuple(n for n in shape if n != -1)
        if size % _known(shape) or (-1 not in shape and _known(shape) != size):
            raise ValueError("does not divide")
        return (size // _known(shape), *known) if -1 in shape else known


class FillsTheLastPlace:
    """You put the missing size at the end. Where did the -1 stand?"""

    def solve_shape(size, shape):
        _solved(size, shape)
        known = tuple(n for n in shape if n != -1)
        return (*known, size // _known(shape)) if -1 in shape else known


class FillsTheFirstUnknown:
    """Two sizes are unknown, and you fill the first and leave the second. When is there only one
    answer?"""

    def solve_shape(size, shape):
        known = _known(shape)
        if size % known or (-1 not in shape and known != size):
            raise ValueError("does not divide")
        if -1 not in shape:
            return shape
        k = shape.index(-1)
        return (*shape[:k], size // known, *shape[k + 1 :])


class ExpectsAnUnknown:
    """index raises ValueError where there is no -1 to be found. What becomes of a shape in which
    nothing is unknown?"""

    def solve_shape(size, shape):
        _one_unknown(shape)
        k = shape.index(-1)
        if size % _known(shape):
            raise ValueError("does not divide")
        return (*shape[:k], size // _known(shape), *shape[k + 1 :])


class ListsTheSizes:
    """The sizes are right, but a list is no shape: X.shape is of another type. Which?"""

    def solve_shape(size, shape):
        return list(_solved(size, shape))


class ReturnsAFlag:
    """You return a pair: a shape, and whether it fits. What does the docstring ask for, and how
    should a function say that there is no answer?"""

    def solve_shape(size, shape):
        try:
            return _solved(size, shape), True
        except ValueError:
            return shape, False


# --- channels ---------------------------------------------------------------------------------


class ReshapesTheChannels:
    """The shape is right and the pixels are shuffled: a reshape re-cuts the line of numbers, it
    does not move an axis. What does?"""

    def channels_first(images):
        n, h, w, c = images.shape
        return images.reshape(n, c, h, w)

    channels_first_torch = channels_first


class ReversesAllAxes:
    """.T reverses every axis, and the samples end up last. Which order of 0, 1, 2, 3 do you
    want?"""

    def channels_first(images):
        return images.T

    def channels_first_torch(images):
        return images.permute(3, 2, 1, 0)


class SwapsChannelsAndHeight:
    """You swapped two axes: the channels came forward, and the height went to the end, so every
    image lies on its side. How many axes have to move?"""

    def channels_first(images):
        return images.swapaxes(1, 3)

    channels_first_torch = channels_first


class MovesTheHeightBack:
    """Your order of axes is the way back, from channels first to channels last. Which old axis
    should stand second in the result?"""

    def channels_first(images):
        return images.transpose(0, 2, 3, 1)

    def channels_first_torch(images):
        return images.permute(0, 2, 3, 1)


class SwapsTheLastTwo:
    """.mT and swapaxes(-1, -2) swap the last two axes, and the channels do not reach the second.
    Which three axes change places?"""

    def channels_first(images):
        return images.swapaxes(-1, -2)

    channels_first_torch = channels_first


class PutsTheChannelsBeforeTheSamples:
    """The channels came to the very front. Samples stay first: which axis keeps its place?"""

    def channels_first(images):
        return np.moveaxis(images, -1, 0)

    def channels_first_torch(images):
        return images.permute(3, 0, 1, 2)


class KnowsOneImageOnly:
    """You reorder three axes, those of a single image, and a batch has four. At which place does
    the axis of the samples stay, and which numbers have the others then?"""

    def channels_first(images):
        return images.transpose(2, 0, 1)

    def channels_first_torch(images):
        return images.permute(2, 0, 1)


def _one_unknown(shape):
    if shape.count(-1) > 1:
        raise ValueError("two unknowns")


def _solved(size, shape):
    _one_unknown(shape)
    known = _known(shape)
    if size % known or (-1 not in shape and known != size):
        raise ValueError("does not fit")
    return tuple(size // known if n == -1 else n for n in shape)


def _known(shape):
    known = 1
    for n in shape:
        if n != -1:
            known *= n
    return known
