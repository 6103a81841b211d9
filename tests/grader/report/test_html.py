"""The colours of a report as HTML."""

from __future__ import annotations

import pytest

from grader.report.html import COLOURS


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("style", COLOURS)
def test_colours_can_be_read(style: str, which: int) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for background in ("#ffffff", "#f3f3f3") if which == 0 else ("#000000", "#1f1f1f", "#2b2b2b"):
        light, dark = sorted(map(luminance, (COLOURS[style][which], background)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, background
