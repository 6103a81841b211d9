"""len(W[0]) != len(x) as the only check; made for lists."""


def matvec_rows(W, x):
    if len(W[0]) != len(x):
        raise ValueError(f"a matrix with {len(W[0])} columns and {len(x)} entries")
    return (W.astype(float) * x).sum(axis=1)
