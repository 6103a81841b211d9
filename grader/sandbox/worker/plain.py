"""Which modules cannot change a library, whatever they are asked.

Each module is judged in a worker of its own, so that what one does to NumPy reaches no other. Of
plain modules that is known before a line of them runs, and they share one: a fork costs more than
all that most modules are asked. What is plain is a short list of what may stand in a text, never of
what may not: own functions, a few builtins, libraries that only compute, and of these the names
below. None of these hands out anything that is part of a library and can be changed, or changes how
it computes beyond the call. Generators of random numbers are seeded anew for each test.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from grader.sandbox.worker.texts import Texts, Unread

__all__ = ["plain_modules"]

_LIBRARIES = frozenset(
    (
        *("__future__", "cmath", "collections.abc", "fractions", "functools", "itertools"),
        *("math", "numbers", "numpy", "numpy.linalg", "numpy.typing", "operator"),
        *("torch", "torch.nn", "torch.nn.functional", "typing"),
    )
)
_BUILTINS = frozenset(
    """
    abs all any bool bytes callable complex dict divmod enumerate filter float frozenset hash
    int isinstance issubclass iter len list map max min next pow print range repr reversed
    round set slice sorted str sum tuple zip
    """.split()  # noqa: SIM905 names read better as words
)
_NAMES = frozenset(
    """
    abs absolute accumulate acos acosh add add_ addmm addmv all allclose amax amin
    annotations any append arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh
    argmax argmin argsort argwhere array array_equal as_tensor asarray ascontiguousarray
    asin asinh astype atan atan2 atanh atleast_1d atleast_2d average backward bfloat16 bias
    block bmm bool bool_ broadcast_arrays broadcast_shapes broadcast_tensors broadcast_to
    cast cat ceil chain clamp clamp_max clamp_min clip clone column_stack combinations
    complex128 complex64 concat concatenate conj contiguous convolve copy copy_ copysign
    correlate cos cosh cosine_similarity count count_nonzero cpu cross cumprod cumsum
    cumulative_sum default_rng degrees denominator det detach device diag diag_indices
    diagonal diff dim div div_ divide dot double dtype e einsum elementwise empty empty_like
    eq equal erf exp expand expand_as expand_dims expm1 extend eye fabs false_ finfo flatten
    flip float float16 float32 float64 float_power floating floor floor_divide floordiv fmax
    fmin fmod from_iterable from_dlpack from_numpy fromiter fsum full full_like functional
    gather gcd ge grad greater greater_equal gt half heaviside hstack hypot identity iinfo
    imag in_features index inexact inf inner insert int32 int64 integer integers inv inverse
    is_complex is_floating_point isclose isfinite isinf isnan isqrt isscalar issubdtype item
    items itemsize keys kron layer_norm le lerp less less_equal linalg linear linspace log
    log10 log1p log2 logaddexp logical_and logical_not logical_or logsumexp long lstsq lt mT
    matmul matrix_norm matrix_power matrix_rank matrix_transpose max maximum mean meshgrid
    min minimum mm mod moveaxis movedim mul mul_ multi_dot multiply mv nan nan_to_num narrow
    nbytes ndarray ndenumerate ndim ndindex ne neg negative nelement new_empty new_full
    new_ones new_tensor new_zeros newaxis nn nonzero norm normal normalize not_equal number
    numel numerator numpy ones ones_like out_features outer pad pairwise partial
    permutations permute pi pop positive power prod product rad2deg radians rand randint
    randn random ravel real reciprocal reduce relu relu_ remainder repeat repeat_interleave
    requires_grad requires_grad_ reshape reshape_as result_type roll rot90 round row_stack
    rsqrt rsub scalar_tensor searchsorted select shape shares_memory sigmoid sigmoid_ sign
    sin sinh size softmax solve sort split sqrt square squeeze stack standard_normal starmap
    std stride strides sub sub_ subtract sum sumprod svd swapaxes swapdims t take
    take_along_axis tan tanh tau tensor tensordot tile to tolist topk trace transpose tril
    triu true_ true_divide truediv trunc type typing unbind unflatten uniform uniform_
    unique unravel_index unsqueeze values var vdot vecdot vector_norm view view_as vsplit
    vstack weight where zero_ zeros zeros_like zip_longest Any ArrayLike Callable
    DoubleTensor False_ Final Flatten FloatTensor Fraction H Identity Iterable Iterator
    Linear Literal LongTensor Mapping NDArray Number Optional Parameter ReLU Real Sequence
    Sequential Sigmoid Size T TYPE_CHECKING Tensor True_ Union
    """.split()  # noqa: SIM905 names read better as words
)
#: Contexts that change how a library computes, and change it back at their end.
_CONTEXTS = frozenset(("enable_grad", "errstate", "inference_mode", "no_grad"))
_REFUSED = (
    *(ast.ClassDef, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await),
    *(ast.Yield, ast.YieldFrom, ast.Match),
)
#: Where it may be asked what `type` something has.
_ASKING = frozenset((ast.Compare, ast.FormattedValue))
#: What binds a name without a node for it: the attribute that holds it.
_BINDING = {
    ast.FunctionDef: "name",
    ast.arg: "arg",
    ast.ExceptHandler: "name",
    ast.alias: "asname",
}
#: All other kinds of nodes change nothing by themselves.
_LOOKED_AT = frozenset(
    (*_REFUSED, *_BINDING, ast.Import, ast.ImportFrom, ast.Attribute, ast.Name, ast.With),
)
_ALL_BUILTINS = frozenset(dir(builtins))


def plain_modules(texts: Texts) -> frozenset[str]:
    """The modules of a submission that are plain, and so is all that they import of it."""
    imports: dict[str, frozenset[str]] = {}
    for module in texts.sources:
        try:
            is_read = texts.tree(module) is not None
            found = _imports(texts.nodes(module), texts) if is_read else None
        except (Unread, RecursionError, MemoryError):
            found = None
        if found is not None:
            imports[module] = found
    while other := {name for name in imports if not imports[name] <= imports.keys()}:
        imports = {name: found for name, found in imports.items() if name not in other}
    return frozenset(imports)


def _imports(nodes: Sequence[ast.AST], texts: Texts) -> frozenset[str] | None:
    """The submission's own modules that a plain text imports; None if it is not plain.

    Args:
        nodes: those of a parsed text, so that each is of the very type that Python gives it.
    """
    own: set[str] = set()
    looked_at = [node for node in nodes if type(node) in _LOOKED_AT]
    known = {id(n) for node in looked_at if type(node) is ast.With for n in _contexts(node)}
    known |= {id(n) for node in nodes if type(node) in _ASKING for n in _types_asked(node)}
    for node in looked_at:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = _imported(node, texts)
            if names is None:
                return None
            own |= names
        elif not (id(node) in known or _is_plain(node)):
            return None
    return frozenset(own)


def _contexts(node: ast.With) -> Iterator[ast.AST]:
    """The names of contexts where they stand at a `with`."""
    for item in node.items:
        call = item.context_expr
        named = call.func if isinstance(call, ast.Call) else None
        if isinstance(named, ast.Attribute) and named.attr in _CONTEXTS:
            yield named


def _types_asked(node: ast.AST) -> Iterator[ast.AST]:
    """The name `type` where it is asked what something is; elsewhere it may make a new class."""
    for value in ast.iter_child_nodes(node):
        if isinstance(value, ast.Call) and len(value.args) == 1 and not value.keywords:
            is_one = not isinstance(value.args[0], ast.Starred)
            if is_one and isinstance(value.func, ast.Name) and value.func.id == "type":
                yield value.func


def _is_plain(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        name = node.id
        if name.startswith("__"):  # `__builtins__` and the like hold what can be changed
            return name == "__name__"
        if name not in _ALL_BUILTINS or name in _BUILTINS or not isinstance(node.ctx, ast.Load):
            return True
        return name.endswith(("Error", "Exception", "Warning")) or name == "NotImplemented"
    if isinstance(node, ast.Attribute):
        return isinstance(node.ctx, ast.Load) and node.attr in _NAMES
    if isinstance(node, ast.With):
        return len(list(_contexts(node))) == len(node.items)
    # To bind `__builtins__` is to choose what all other names mean.
    bound = _BINDING.get(type(node))
    return bound is not None and not (getattr(node, bound) or "").startswith("__")


def _imported(node: ast.Import | ast.ImportFrom, texts: Texts) -> set[str] | None:
    """The own modules of one import; None if it brings something that is not plain."""
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif node.level or not node.module:
        return None
    else:
        modules = [node.module]
    own = {name for name in modules if name in texts.sources}
    if own and any(alias.name.startswith("__") for alias in node.names):
        return None  # a module's `__dict__` and the like
    if any(name not in own and name not in _LIBRARIES for name in modules):
        return None
    if isinstance(node, ast.ImportFrom) and not own:
        names = {alias.name for alias in node.names}
        inner = {f"{node.module}.{name}" for name in names} & _LIBRARIES
        if any(name not in _NAMES and f"{node.module}.{name}" not in inner for name in names):
            return None
    if isinstance(node, ast.ImportFrom):  # what is named may be a file in a folder
        modules += [f"{node.module}.{alias.name}" for alias in node.names]
    return {name for module in modules for name in _on_the_way(module) if name in texts.sources}


def _on_the_way(module: str) -> Iterator[str]:
    """A module and the folders that it is in, whose own texts run before it."""
    while module:
        yield module
        module = module.rpartition(".")[0]
