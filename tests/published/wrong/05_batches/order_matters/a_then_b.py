"""At @ Bt."""


def transposed_product(At, Bt):
    return At @ Bt
