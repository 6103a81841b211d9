"""Flattening, solving for an unknown size, and the difference to a transpose."""

import itertools

import numpy as np
import pytest

from grader import assert_close, awkward

BATCHES = ((4, 2, 3), (3, 3, 3), (2, 28, 28), (2, 3, 4, 5), (6, 1, 1))
IMAGES = ((2, 4, 5, 3), (2, 3, 3, 3), (1, 2, 6, 1), (3, 2, 2, 4))
#: The dtypes of some of them in PyTorch; the others are float32.
TENSORS = {(2, 28, 28): np.uint8, (3, 3, 3): np.float64, (6, 1, 1): np.int64}
TENSORS |= {(2, 3, 3, 3): np.float64, (1, 2, 6, 1): np.int64, (3, 2, 2, 4): np.uint8}


def read_in_order(array):
    """Every entry, the last index running fastest."""
    return [array[place] for place in itertools.product(*map(range, array.shape))]


def of_some_dtype(rng, shape):
    """Numbers from 0 to 99, of another dtype for some shapes."""
    dtypes = {(2, 28, 28): np.uint8, (3, 3, 3): np.float32, (2, 3, 3): np.float32}
    dtypes |= {(2, 3, 3, 3): np.float32, (1, 2, 6, 1): np.int64, (3, 2, 2, 4): np.uint8}
    return rng.uniform(0.0, 99.0, size=shape).astype(dtypes.get(shape, np.float64))


def laid_out_by_column(array):
    """The same entries in the same places, but columns lie together in memory."""
    return np.asfortranarray(array)


def moved_to_second(images):
    """The definition, entry by entry."""
    n, h, w, c = images.shape
    result = np.zeros((n, c, h, w), images.dtype)
    for k, i, j, color in itertools.product(range(n), range(h), range(w), range(c)):
        result[k, color, i, j] = images[k, i, j, color]
    return result


def test_image_is_read_row_by_row(student, rng):
    """An image is read along its rows, whatever its layout in memory: (28, 28) gives (784,)."""
    image = np.array([[1, 2, 3], [4, 5, 6]])
    assert_close(student.flatten_image(image), np.array([1, 2, 3, 4, 5, 6]))
    assert_close(student.flatten_image(image.T), np.array([1, 4, 2, 5, 3, 6]))
    for shape in ((28, 28), (3, 5), (1, 4), (4, 1)):
        image = rng.normal(size=shape)
        small = abs(10 * image).astype(np.uint8 if shape == (28, 28) else np.float32)
        for given in (image, laid_out_by_column(image), image[::-1], small):
            given.flags.writeable = False
            expected = np.array(read_in_order(given))
            assert_close(student.flatten_image(given), expected)


def test_each_image_becomes_a_row(student, rng):
    """(N, 28, 28) becomes (N, 784): row k is image k, read row by row."""
    images = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [0, -1, -2]]])
    expected = np.array([[1, 2, 3, 4, 5, 6], [7, 8, 9, 0, -1, -2]])
    assert_close(student.flatten_batch(images), expected)
    for shape in BATCHES:
        images = of_some_dtype(rng, shape)
        for given in (images, laid_out_by_column(images)):
            given.flags.writeable = False
            expected = np.array([read_in_order(image) for image in given])
            assert_close(student.flatten_batch(given), expected)


def test_batch_of_one_stays_a_batch(student):
    """One image is a batch of one: it keeps its first axis, there and back."""
    image = np.arange(6.0).reshape(1, 2, 3)
    assert_close(student.flatten_batch(image), np.array([[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]]))
    assert_close(student.unflatten_batch(np.arange(6.0).reshape(1, 6), 2, 3), image)
    assert_close(student.flatten_batch(np.full((1, 1, 1), 7.0)), np.array([[7.0]]))
    assert_close(student.unflatten_batch(np.full((1, 1), 7.0), 1, 1), np.full((1, 1, 1), 7.0))


def test_flattening_can_be_undone(student, rng):
    """Rows become images again: as many images as rows, each with the pixels of its own row."""
    for n, h, w in ((4, 2, 3), (2, 3, 3), (5, 4, 1), (2, 28, 28)):
        images = of_some_dtype(rng, (n, h, w))
        images = images.astype(np.int64) if w == 1 else images
        rows = np.array([read_in_order(image) for image in images])
        for given in (rows, laid_out_by_column(rows)):
            given.flags.writeable = False
            assert_close(student.unflatten_batch(given, h, w), images)
    for shape, h, w in (((4, 6), 2, 2), ((4, 6), 2, 6), ((4, 6), 4, 6), ((2, 5), 2, 3)):
        with pytest.raises(ValueError):
            student.unflatten_batch(np.zeros(shape), h, w)


def test_unknown_size_is_what_is_left(student, rng):
    """The -1 stands for the number of entries divided by all known sizes: (3, -1) of 12 is 4."""
    assert_close(student.solve_shape(12, (3, -1)), (3, 4))
    assert_close(student.solve_shape(12, (-1,)), (12,))
    assert_close(student.solve_shape(12, (2, 3, -1)), (2, 3, 2))
    assert_close(student.solve_shape(784, (28, 28)), (28, 28))
    assert_close(student.solve_shape(12, (-1, 3, 4)), (1, 3, 4))
    assert_close(student.solve_shape(1, (1, -1, 1)), (1, 1, 1))
    for _ in range(8):
        full = tuple(int(n) for n in rng.integers(1, 12, size=int(rng.integers(1, 6))))
        hole = int(rng.integers(0, len(full)))
        given = (*full[:hole], -1, *full[hole + 1 :])
        assert_close(student.solve_shape(int(np.prod(full)), given), full)
    large = 3**37 * 7  # beyond the integers that a float holds exactly
    assert_close(student.solve_shape(large, (3, -1, 7)), (3, 3**36, 7))
    larger = 3**30, -1, 3**29  # and beyond those of 64 bits
    assert_close(student.solve_shape(3**61, larger), (3**30, 9, 3**29))


def test_shape_without_an_answer_raises(student):
    """Two unknowns, a rest that is not whole, or a wrong product have no answer: ValueError."""
    impossible = (
        (12, (-1, -1)),
        (12, (-1, 3, -1)),
        (1, (-1, -1)),
        (12, (5, -1)),
        (6, (4, -1)),
        (2, (3, -1)),
        (3, (2, -1, 3)),
        (12, (3, 3)),
        (12, (3, 5)),
        (12, (2, 3)),
        (12, (24,)),
        (3**37 * 7 + 1, (3, -1, 7)),
    )
    for size, shape in impossible:
        with pytest.raises(ValueError):
            student.solve_shape(size, shape)


def test_channels_move_with_their_pixels(student, rng):
    """(N, h, w, c) becomes (N, c, h, w): each channel is a whole image, not a part of all."""
    red, blue = [[1, 2], [3, 4]], [[10, 20], [30, 40]]
    image = np.array([[[[1, 10], [2, 20]], [[3, 30], [4, 40]]]])
    assert_close(student.channels_first(image), np.array([[red, blue]]))
    for shape in IMAGES:
        images = awkward(of_some_dtype(rng, shape))
        assert_close(student.channels_first(images), moved_to_second(images))


def test_torch_flattens(student, torch, rng):
    """The PyTorch version gives a row to each image, also where the batch is one image."""
    for shape in (*BATCHES, (1, 2, 3), (1, 1, 1)):
        images = rng.uniform(0.0, 99.0, size=shape).astype(TENSORS.get(shape, np.float32))
        expected = torch.tensor(np.array([read_in_order(image) for image in images]))
        assert_close(student.flatten_batch_torch(torch.tensor(images)), expected)
        turned = torch.tensor(images).transpose(1, 2)
        expected = torch.tensor(np.array([read_in_order(image) for image in turned.numpy()]))
        assert_close(student.flatten_batch_torch(turned), expected)


def test_torch_channels(student, torch, rng):
    """The PyTorch version moves each channel with its pixels."""
    for shape in IMAGES:
        images = rng.uniform(0.0, 99.0, size=shape).astype(TENSORS.get(shape, np.float32))
        expected = torch.tensor(moved_to_second(images))
        assert_close(student.channels_first_torch(awkward(torch.tensor(images))), expected)
