"""Which visualizer stands where in a lesson, and which of a student's functions it can draw.

A lesson places one by a comment on a line of its own, which other readers of it do not show:

    <!-- visualizer: warp {"modes": ["affine"]} -->

What stands behind the name is JSON: a state to begin with, and the options that
docs/visualizers.md lists.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from grader.web.lessons.widgets import assets

__all__ = ["FUNCTIONS", "Shown", "read"]

#: Visualizer -> the functions of students that it asks for, as docs/visualizers.md has them.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "vector": ("magnitude", "unit_vector", "add", "error"),
    "dot": ("dot_product", "cosine_similarity", "angle", "pre_activation"),
    "warp": ("matvec", "matvec_rows", "matvec_columns", "affine", "matmul"),
    "matmul": ("matmul", "layer", "matvec_rows", "matvec_columns"),
    "forward": ("layer", "relu", "sigmoid"),
    "broadcast": ("broadcast_shape",),
    "reshape": ("transpose", "contiguous_strides"),
}
_COMMENT = re.compile(r"<!--\s*visualizer:\s*([\w-]+)\s*(\{.*\})?\s*-->\s*", re.DOTALL)
_OPTIONS = frozenset({"modes", "predict", "more"})


class Shown(msgspec.Struct, frozen=True):
    """A visualizer in its place; `options` are a state to begin with, and options."""

    name: str
    options: dict[str, Any] = {}

    @property
    def title(self) -> str:
        """What it is called."""
        return assets.get(self.name).title


def read(text: str) -> Shown | None:
    """The visualizer that a comment places; None if it is another comment.

    Raises:
        ValueError: it places one that there is not, or in a mode or with a key that it has not; the
            message says which there are.
    """
    found = _COMMENT.fullmatch(text)
    if found is None:
        return None
    known = assets.visualizers()
    if found[1] not in known:
        raise ValueError(f"there is no visualizer {found[1]}; there are {', '.join(sorted(known))}")
    visualizer = known[found[1]]
    try:
        options = msgspec.json.decode(found[2] or "{}", type=dict[str, Any])
    except msgspec.MsgspecError as error:
        raise ValueError(f"what stands behind {found[1]} is no JSON object: {error}") from None
    keys = visualizer.defaults.keys() | _OPTIONS
    if strange := sorted(options.keys() - keys):
        raise ValueError(f"{found[1]} has no {strange[0]}; it has {', '.join(sorted(keys))}")
    modes = options.get("modes", [])
    if not isinstance(modes, list) or any(mode not in visualizer.modes for mode in modes):
        raise ValueError(f"the modes of {found[1]} are {', '.join(visualizer.modes)}")
    if modes and "mode" not in options:
        options["mode"] = modes[0]
    return Shown(found[1], options)
