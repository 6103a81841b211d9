"""(A @ B == B @ A).all(), on floats."""


def compare_orders(A, B):
    if A.shape[1] != B.shape[0] or B.shape[1] != A.shape[0]:
        return "undefined"
    AB, BA = A @ B, B @ A
    if AB.shape == BA.shape and (AB == BA).all():
        return "commute"
    return "differ"
