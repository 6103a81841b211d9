"""Wrong ideas about cosine similarity and nearest embeddings.

They are first drafts, written before anybody thinks of a zero vector.
"""

import numpy as np

#: Epsilons, thresholds and smallest lengths, as people write them.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 2.220446049250313e-16, 1e-20)

# --- a pair -----------------------------------------------------------------------------------


class ForgetsTheLengths:
    """This is the raw dot product, and it grows with the vectors. What do you divide by so that
    only the directions count?"""

    def cosine_similarity(a, b):
        return a @ b

    cosine_similarity_torch = cosine_similarity


class DividesByOneLength:
    """Double b, and your answer doubles; it can even exceed 1. Which length did you leave in?"""

    def cosine_similarity(a, b):
        return a @ b / _length(a)

    cosine_similarity_torch = cosine_similarity


class DividesThenMultiplies:
    """x / y * z divides by y and then multiplies by z, from left to right. How do you make both
    lengths divide?"""

    def cosine_similarity(a, b):
        return a @ b / _length(a) * _length(b)

    cosine_similarity_torch = cosine_similarity


class DividesBySquaredLengths:
    """v · v is the squared length, so you divide too often. What is missing between v · v and the
    length of v?"""

    def cosine_similarity(a, b):
        return a @ b / ((a @ a) * (b @ b))

    cosine_similarity_torch = cosine_similarity


class TakesTheLengthOfTheProducts:
    """Lengths belong to a and to b, each by itself. Of which vector do you take the length?"""

    def cosine_similarity(a, b):
        return a @ b / _length(a * b)

    cosine_similarity_torch = cosine_similarity


class DropsTheSign:
    """Reversed directions are as different as can be: their similarity is -1. Where does your sign
    get lost?"""

    def cosine_similarity(a, b):
        return abs(_cosine(a, b))

    cosine_similarity_torch = cosine_similarity


class ReturnsTheDistance:
    """A vector and itself get 0 from you. That is the cosine distance; what is the similarity of
    two equal directions?"""

    def cosine_similarity(a, b):
        return 1 - _cosine(a, b)

    cosine_similarity_torch = cosine_similarity


class ReturnsTheAngle:
    """You return the angle. Similar vectors should score high, and the angle between them is
    small: which quantity is asked for?"""

    def cosine_similarity(a, b):
        return np.arccos(np.clip(_cosine(a, b), -1, 1))

    def cosine_similarity_torch(a, b):
        return _cosine(a, b).clamp(-1, 1).acos()


class LetsZeroBecomeNan:
    """0 divided by 0 is nan. Which policy for a zero vector does the docstring state, and where
    must it be decided?"""

    def cosine_similarity(a, b):
        return a @ b / (_length(a) * _length(b))

    cosine_similarity_torch = cosine_similarity


class AddsAnEpsilonAlways:
    """An epsilon in the denominator distorts every short vector to protect you from one case. How
    can you treat zero alone?"""

    __sizes__ = SMALL

    def cosine_similarity(a, b, *, size=1e-8):
        return a @ b / (_length(a) * _length(b) + size)

    def similarities(query, embeddings, *, size=1e-8):
        return embeddings @ query / (_length(embeddings, 1) * _length(query) + size)

    cosine_similarity_torch = cosine_similarity
    similarities_torch = similarities


class CountsShortAsZero:
    """A short vector still has a direction. Below some length your cosines are 0: is there a
    threshold, or a smallest length that you divide by? How can you ask for zero itself?"""

    __sizes__ = SMALL

    def cosine_similarity(a, b, *, size=1e-8):
        return _careful(a, b) if _length(a) > size and _length(b) > size else 0.0

    def similarities(query, embeddings, *, size=1e-8):
        return _careful_rows(query, embeddings) * (_length(embeddings, 1) > size)


class ClampsTheLengths:
    """A short vector still has a direction. Below some length your cosines are 0: is there a
    threshold, or a smallest length that you divide by? How can you ask for zero itself?"""

    __sizes__ = SMALL

    def cosine_similarity(a, b, *, size=1e-8):
        return a @ b / max(_length(a) * _length(b), size)

    def similarities(query, embeddings, *, size=1e-8):
        return embeddings @ query / (_length(embeddings, 1) * _length(query)).clip(size)


class LeavesOutTheDim:
    """F.cosine_similarity works along dim 1 unless told otherwise. Which dims does a vector of
    shape (n,) have?"""

    def cosine_similarity_torch(a, b):
        import torch

        return torch.nn.functional.cosine_similarity(a, b)


class DividesByTheOtherLength:
    """Double a, and your answer doubles; it can even exceed 1. Which length did you leave in?"""

    def cosine_similarity(a, b):
        return a @ b / _length(b)

    cosine_similarity_torch = cosine_similarity


class AddsTheLengths:
    """The dot product grows with each length as a factor. Does a sum of the lengths take both out,
    or a product?"""

    def cosine_similarity(a, b):
        return a @ b / (_length(a) + _length(b))

    cosine_similarity_torch = cosine_similarity


class ClipsAtZero:
    """Everything that points away gets 0 from you, the same as a right angle. Between which two
    numbers does a cosine lie?"""

    def cosine_similarity(a, b):
        return _careful(a, b).clip(0, 1)

    cosine_similarity_torch = cosine_similarity


class ScalesIntoZeroToOne:
    """A right angle gets one half from you, and the docstring's cosine is 0 there. Which step of
    yours is not in the formula?"""

    def cosine_similarity(a, b):
        return (1 + _careful(a, b)) / 2

    cosine_similarity_torch = cosine_similarity


class TurnsADistanceRound:
    """1 / (1 + distance) is large for close tips, whatever the directions. What must not matter
    when only directions are compared?"""

    def cosine_similarity(a, b):
        return 1 / (1 + _length(a - b))

    cosine_similarity_torch = cosine_similarity


class ReturnsTheDistanceOfTheTips:
    """That is how far apart the tips are. Does it stay the same when one vector gets longer, as a
    direction does?"""

    def cosine_similarity(a, b):
        return _length(a - b)

    cosine_similarity_torch = cosine_similarity


class CentersTheVectors:
    """You take the mean away first: that is a correlation. Which step of yours is not in the
    formula?"""

    def cosine_similarity(a, b):
        return _careful(a - a.mean(), b - b.mean())

    def cosine_similarity_torch(a, b):
        return _careful(a - a.mean(), b - b.mean())


class ReadsTwoComponents:
    """Your dot product and your lengths know two components. How would you write them for 40?"""

    def cosine_similarity(a, b):
        return _careful(a[:2], b[:2])

    cosine_similarity_torch = cosine_similarity


class ReadsThreeComponents:
    """Your dot product and your lengths know three components, no more and no fewer. How would you
    write them for any number?"""

    def cosine_similarity(a, b):
        dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
        lengths = _length(a[:3]) * _length(b[:3])
        return dot / (lengths + (lengths == 0))

    cosine_similarity_torch = cosine_similarity


class KeepsTheBatchAxis:
    """You made matrices with one row, and the answer still has an axis. How many axes has one
    number?"""

    def cosine_similarity(a, b):
        return _careful(a, b).reshape(1, 1)

    def cosine_similarity_torch(a, b):
        return _careful(a, b).reshape(1)


class UnwrapsTheTensor:
    """The number is right, but .item() and float() leave PyTorch, and no gradient finds its way
    back. What does a division of tensors give you already?"""

    def cosine_similarity_torch(a, b):
        return _careful(a, b).item()


class RefusesTheZeroVector:
    """Raising is a policy, too, but not the one that was chosen here. What does the docstring say
    about the zero vector?"""

    def cosine_similarity(a, b):
        if not a.any() or not b.any():
            raise ValueError("a zero vector has no direction")
        return _cosine(a, b)

    def similarities(query, embeddings):
        return np.array([_refusing(query, row) for row in embeddings])

    cosine_similarity_torch = cosine_similarity


class AssertsADirection:
    """Stopping the program is a policy, too, but not the one that was chosen here. What does the
    docstring say about the zero vector?"""

    def cosine_similarity(a, b):
        assert a.any()
        assert b.any()
        return _cosine(a, b)

    cosine_similarity_torch = cosine_similarity


class RaisesZeroDivision:
    """Python's own numbers raise ZeroDivisionError, and somebody must ask before. What does the
    docstring say about the zero vector?"""

    def cosine_similarity(a, b):
        if not a.any() or not b.any():
            raise ZeroDivisionError
        return _cosine(a, b)

    cosine_similarity_torch = cosine_similarity


class AnswersNoneForZero:
    """For a zero vector your answer is None, and the caller computes on with it. Which number does
    the docstring name?"""

    def cosine_similarity(a, b):
        return _cosine(a, b) if a.any() and b.any() else None

    cosine_similarity_torch = cosine_similarity


class AnswersMinusOneForZero:
    """-1 says that two vectors point against each other. Does zero point anywhere, and which number
    does the docstring name?"""

    def cosine_similarity(a, b):
        return _cosine(a, b) if a.any() and b.any() else -1.0

    def similarities(query, embeddings):
        return np.array(
            [_cosine(query, row) if query.any() and row.any() else -1.0 for row in embeddings]
        )


class AnswersOneForZero:
    """1 says that two vectors point the same way. Does zero point anywhere, and which number does
    the docstring name?"""

    def cosine_similarity(a, b):
        return _cosine(a, b) if a.any() and b.any() else 1.0


class CallsTwoZerosAlike:
    """Two zero vectors are equal, but here directions are compared, and zero has none. Does the
    docstring make an exception for the pair?"""

    def cosine_similarity(a, b):
        return _careful(a, b) if a.any() or b.any() else 1.0


# --- a query and many rows --------------------------------------------------------------------


class ScoresByRawDotProducts:
    """embeddings @ query lets long rows win. Which length must divide each entry, and which one
    all of them?"""

    def similarities(query, embeddings):
        return embeddings @ query

    similarities_torch = similarities


class ForgetsTheLengthOfTheQuery:
    """The order of your rows is right, but the numbers are not cosines: double the query, and they
    double. What is still in there?"""

    def similarities(query, embeddings):
        return embeddings @ query / _length(embeddings, 1)

    similarities_torch = similarities


class DividesByTheLengthOfTheMatrix:
    """You have one length for the whole matrix. How many lengths do n embeddings have, and which
    argument keeps them apart?"""

    def similarities(query, embeddings):
        return embeddings @ query / (_length(embeddings.reshape(-1)) * _length(query))

    similarities_torch = similarities


class NormalizesTheColumns:
    """You make each column a unit vector. Is an embedding a row or a column here, and which axis
    do you sum over to get its length?"""

    def similarities(query, embeddings):
        return embeddings / _length(embeddings, 0) @ (query / _length(query))

    similarities_torch = similarities


class ComparesTheColumns:
    """You get one number for each of the d features. Which axis should be left when the sum is
    done?"""

    def similarities(query, embeddings):
        products = (embeddings * query).sum(0)
        return products / (_length(embeddings, 0) * _length(query))

    similarities_torch = similarities


class ReturnsAColumn:
    """A table of shape (n, 1) is not a vector of shape (n,). Which of your operands has one axis
    too many?"""

    def similarities(query, embeddings):
        lengths = _length(embeddings, 1) * _length(query)
        return (embeddings @ query / lengths)[:, None]

    similarities_torch = similarities


class LetsZeroRowsBecomeNan:
    """A row of padding has length 0, and 0 / 0 is nan, which then wins the search. What can you
    divide by instead, where a length is 0?"""

    def similarities(query, embeddings):
        return embeddings @ query / (_length(embeddings, 1) * _length(query))

    similarities_torch = similarities


class ForgetsTheLengthsOfTheRows:
    """Long rows still win here: make a row twice as long, and its number doubles. What is still in
    there?"""

    def similarities(query, embeddings):
        return embeddings @ query / _length(query)

    similarities_torch = similarities


class MeasuresTheColumns:
    """You divide by the lengths of the columns, and there are d of them. Which axis do you sum over
    to get one length for each row?"""

    def similarities(query, embeddings):
        return embeddings @ query / (_length(embeddings, 0) * _length(query))

    similarities_torch = similarities


class KeepsTheAxisOfTheLengths:
    """n dot products of shape (n,) over n lengths of shape (n, 1) are a table of all pairs. Who
    should meet whom, and which argument keeps the axis alive?"""

    def similarities(query, embeddings):
        return embeddings @ query / (_length(embeddings, 1)[:, None] * _length(query))

    similarities_torch = similarities


class PutsTheQueryFirst:
    """With the query on the left its numbers meet the columns, and their count need not fit. Which
    order makes rows meet the query?"""

    def similarities(query, embeddings):
        return query @ embeddings / (_length(embeddings, 1) * _length(query))

    similarities_torch = similarities


class DropsTheSignsOfRows:
    """A row that points the opposite way is the least similar one, -1. Where do your signs get
    lost?"""

    def similarities(query, embeddings):
        return abs(_careful_rows(query, embeddings))

    similarities_torch = similarities


class ReturnsTheDistancesOfRows:
    """The row that points like the query gets 0 from you. That is a distance; what is the
    similarity of two equal directions?"""

    def similarities(query, embeddings):
        return 1 - _careful_rows(query, embeddings)

    similarities_torch = similarities


class SortsTheSimilarities:
    """You put the best row first, and nobody can tell which row it was. In which order does the
    docstring want them?"""

    def similarities(query, embeddings):
        return -np.sort(-_careful_rows(query, embeddings))

    def similarities_torch(query, embeddings):
        return _careful_rows(query, embeddings).sort(descending=True).values


class CollectsAList:
    """The numbers are right, but they lie in a Python list. What makes one array, or tensor, of
    shape (n,) of them?"""

    def similarities(query, embeddings):
        return _careful_rows(query, embeddings).tolist()

    similarities_torch = similarities


class LoopsOverTheComponents:
    """Your loop runs over embeddings.shape[1], which counts components, and takes a row each time.
    Which size counts the rows?"""

    def similarities(query, embeddings):
        return np.array([_careful(query, embeddings[i]) for i in range(embeddings.shape[1])])


class ComparesTheFirstRow:
    """You have one number, for one row. How many embeddings are there, and which of them have you
    compared?"""

    def similarities(query, embeddings):
        return _careful(query, embeddings[0])

    similarities_torch = similarities


class AddsAnEpsilonToEveryRow:
    """Something small added to each length makes every cosine too small, the more the shorter the
    vector. How can you treat zero alone?"""

    __sizes__ = SMALL

    def cosine_similarity(a, b, *, size=1e-8):
        return a @ b / ((_length(a) + size) * (_length(b) + size))

    def similarities(query, embeddings, *, size=1e-8):
        return embeddings @ query / ((_length(embeddings, 1) + size) * (_length(query) + size))


class DotsAMatrix:
    """torch.dot takes vectors only, and the embeddings are a matrix. What multiplies each of its
    rows by the query?"""

    def similarities_torch(query, embeddings):
        import torch

        dots = torch.dot(embeddings, query)
        return dots / (_length(embeddings, 1) * _length(query))


class NormalizesAQueryAlongDimOne:
    """F.normalize works along dim 1 unless told otherwise. That suits the rows of a matrix; which
    dim does the query have?"""

    def similarities_torch(query, embeddings):
        import torch

        normalize = torch.nn.functional.normalize
        return normalize(embeddings) @ normalize(query)


# --- the nearest row --------------------------------------------------------------------------


class TakesTheLargestDotProduct:
    """A long row can win here although its direction fits badly. Which score did you write for
    comparing directions?"""

    def nearest(query, embeddings):
        return int(np.argmax(embeddings @ query))


class TakesTheSmallestDistance:
    """The row whose tip is closest need not point the same way. Is nearness measured by distance
    here, or by direction?"""

    def nearest(query, embeddings):
        return int(np.argmin(((embeddings - query) ** 2).sum(axis=1)))


class TakesTheLeastSimilar:
    """You found the row that points away the most. Is a good match a small or a large cosine?"""

    def nearest(query, embeddings):
        return int(np.argmin(similarities(query, embeddings)))


class IgnoresTheSign:
    """A cosine of -1 is the reversed direction, so the worst match. Why can it win in your
    search?"""

    def nearest(query, embeddings):
        return int(np.argmax(abs(similarities(query, embeddings))))


class ReturnsTheScore:
    """You return how similar the best row is. The question is which row it is: what gives its
    index?"""

    def nearest(query, embeddings):
        return similarities(query, embeddings).max()


class ReturnsTheRow:
    """You return the embedding itself. The caller wants to look up its word: which number finds
    the row?"""

    def nearest(query, embeddings):
        return embeddings[np.argmax(similarities(query, embeddings))]


class LetsNanWin:
    """A zero row gives 0 / 0, which is nan, and argmax takes the first nan for the largest number
    of all. What is the similarity of a zero row, and who divides by what?"""

    def nearest(query, embeddings):
        return int(np.argmax(embeddings @ query / (_length(embeddings, 1) * _length(query))))


class SkipsTheBest:
    """You leave out the best row, as one does where the query is a row of the matrix itself. Is it
    one here?"""

    def nearest(query, embeddings):
        order = np.argsort(-_careful_rows(query, embeddings), kind="stable")
        return int(order[1 % len(order)])


class CountsFromOne:
    """The first row has index 0. From which number do you count?"""

    def nearest(query, embeddings):
        return int(np.argmax(_careful_rows(query, embeddings))) + 1


class ReturnsTheOrder:
    """You sort all rows. Which one of these indices is asked for?"""

    def nearest(query, embeddings):
        return np.argsort(-_careful_rows(query, embeddings), kind="stable")


class ReturnsAnArrayOfIndices:
    """np.where and np.flatnonzero give an array of indices, also if there is one only. What gives a
    single index?"""

    def nearest(query, embeddings):
        scores = _careful_rows(query, embeddings)
        return np.flatnonzero(scores == scores.max())


class ReturnsTheIndexAndTheScore:
    """You return two things. Which of them does the docstring ask for?"""

    def nearest(query, embeddings):
        scores = _careful_rows(query, embeddings)
        return int(np.argmax(scores)), float(scores.max())


# --- names ------------------------------------------------------------------------------------


class UsesAnUnknownName:
    """A function knows its arguments, what it makes itself, and what its file defines or imports.
    Which name in yours is none of these, though your notebook may know it?"""

    def cosine_similarity(*args):
        raise NameError

    similarities = cosine_similarity
    nearest = cosine_similarity
    cosine_similarity_torch = cosine_similarity
    similarities_torch = cosine_similarity


def _length(v, axis=-1):
    return (v * v).sum(axis) ** 0.5


def _cosine(a, b):
    return a @ b / (_length(a) * _length(b))


def _careful(a, b):
    lengths = _length(a) * _length(b)
    return a @ b / (lengths + (lengths == 0))


def _careful_rows(query, embeddings):
    lengths = _length(embeddings, 1) * _length(query)
    return embeddings @ query / (lengths + (lengths == 0))


def _refusing(query, row):
    if not query.any() or not row.any():
        raise ValueError("a zero vector has no direction")
    return _cosine(query, row)
