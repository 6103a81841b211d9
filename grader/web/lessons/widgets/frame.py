"""One visualizer as an HTML text that needs nothing else: no server, no kernel, no network.

What nbconvert writes has no kernel, and shows a widget as an empty place. The text here carries the
visualizer's script with it, inside of a frame, so that nothing of it meets the rest of the page.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from grader.web.lessons.widgets import assets, still

__all__ = ["document", "frame"]

#: The frame's height in pixels until its script has measured itself.
HEIGHT = 720


def document(name: str, options: Mapping[str, Any] | None = None) -> str:
    """A whole HTML document with one visualizer.

    `options` holds state (such as `W`) and options (`modes`, `predict`, `more`), as
    docs/visualizers.md lists them. Without a script the document shows the still picture.

    Raises:
        UsageError: there is no visualizer of that name.
    """
    visualizer = assets.get(name)
    given = dict(options or {})
    # Inside of a script "</script>" would end it, wherever it stands.
    told = json.dumps(given).replace("<", "\\u003c")
    script = assets.script(f"{name}.js") + assets.script(assets.PAGE)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(visualizer.title)}</title></head><body><main>"
        f'<div id="here">{still.figure(name, given)}</div></main>'
        f'<script type="module">\n{script}'
        f"$host.place(${name}.widget, $shell.mount, document.getElementById('here'), {told});\n"
        f"$host.grow();\n</script></body></html>"
    )


def frame(name: str, options: Mapping[str, Any] | None = None) -> str:
    """The same as an `<iframe>`, to be put into any page.

    Raises:
        UsageError: there is no visualizer of that name.
    """
    title = html.escape(assets.get(name).title)
    inside = html.escape(document(name, options))
    # IPython has a warning for what begins with an iframe.
    return (
        f'<div><iframe title="{title}" width="100%" height="{HEIGHT}" frameborder="0" '
        f'srcdoc="{inside}"></iframe></div>'
    )
