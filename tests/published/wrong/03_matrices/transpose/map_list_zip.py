"""list(map(list, zip(*W))), the one-liner for lists."""


def transposed_copy(W):
    return list(map(list, zip(*W)))
