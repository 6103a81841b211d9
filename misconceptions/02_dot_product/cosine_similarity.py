"""Wrong ideas about cosine similarity and nearest embeddings.

They are first drafts, written before anybody thinks of a zero vector.
"""

import numpy as np

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


class AddsAnEpsilonAlways:
    """An epsilon in the denominator distorts every short vector to protect you from one case. How
    can you treat zero alone?"""

    def cosine_similarity(a, b):
        return a @ b / (_length(a) * _length(b) + 1e-8)


class LeavesOutTheDim:
    """F.cosine_similarity works along dim 1 unless told otherwise. Which dims does a vector of
    shape (n,) have?"""

    def cosine_similarity_torch(a, b):
        import torch

        return torch.nn.functional.cosine_similarity(a, b)


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


def _length(v, axis=-1):
    return (v * v).sum(axis) ** 0.5


def _cosine(a, b):
    return a @ b / (_length(a) * _length(b))
