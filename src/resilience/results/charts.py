"""Charts: a Vega-Lite specification becomes an SVG picture on the server, in the colours of the light or dark pages.

A specification names colours by what they mean ("ink", "blue"); the palette of the theme gives them their value. A
picture in a page can load nothing, so the typeface is written into it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import vl_convert

FONTS = Path(__file__).parent / "fonts"
FONT = "Atkinson Hyperlegible Next"
# The release of Vega-Lite is named so that the same specification gives the same picture after an update.
VEGA_LITE = "5.21"
Spec = dict[str, Any]

# The values of client/src/ui/tokens.css; a test compares them. The chart colours are those of Okabe & Ito (2008).
PALETTES = {
    "light": {
        "surface": "#ffffff",
        "sunk": "#e8eef0",
        "ink": "#14222b",
        "ink-soft": "#455863",
        "line": "#ccd6db",
        "edge": "#74858f",
        "blue": "#0072b2",
        "orange": "#e69f00",
        "green": "#009e73",
        "vermillion": "#d55e00",
    },
    "dark": {
        "surface": "#18242b",
        "sunk": "#0a1115",
        "ink": "#edf3f5",
        "ink-soft": "#b2c1c9",
        "line": "#34454f",
        "edge": "#7e929d",
        "blue": "#4fb0e6",
        "orange": "#e69f00",
        "green": "#2fc499",
        "vermillion": "#f58a3c",
    },
}


def picture(spec: Spec, theme: str, standalone: bool = True) -> str:
    """The chart as SVG; with `standalone` the typeface is inside, without it whoever sets the page has it.

    Raises KeyError for a theme that is not in PALETTES.
    """
    made = drawn(json.dumps(coloured(spec, PALETTES[theme]), sort_keys=True))
    return made.replace(">", f"><style>{faces()}</style>", 1) if standalone else made


def key_of(spec: Spec, theme: str) -> str:
    """SHA-256 of what decides the picture: under it a picture may be kept for ever."""
    return hashlib.sha256(json.dumps([spec, theme, VEGA_LITE], sort_keys=True).encode()).hexdigest()


def coloured(part: Any, palette: dict[str, str]) -> Any:
    """The specification with every "@name" replaced by the palette's colour of that name."""
    if isinstance(part, dict):
        return {key: coloured(value, palette) for key, value in part.items()}
    if isinstance(part, list):
        return [coloured(value, palette) for value in part]
    return palette[part[1:]] if isinstance(part, str) and part[:1] == "@" and part[1:] in palette else part


@lru_cache(maxsize=256)
def drawn(spec: str) -> str:
    measuring_fonts()
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]))


@lru_cache(maxsize=1)
def measuring_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


@lru_cache(maxsize=1)
def faces() -> str:
    """The typeface as style rules with the font files inside."""
    rules = []
    for weight, name in ((400, "Regular"), (700, "Bold")):
        data = base64.b64encode((FONTS / f"AtkinsonHyperlegibleNext-{name}.woff2").read_bytes()).decode()
        source = f"url(data:font/woff2;base64,{data}) format('woff2')"
        rules.append(f"@font-face{{font-family:'{FONT}';font-weight:{weight};src:{source}}}")
    return "".join(rules)


def chart(width: int, height: int, **parts: Any) -> Spec:
    """A specification in the manner of the pages: no frame, quiet grid, one typeface."""
    axis = {
        "labelColor": "@ink-soft",
        "titleColor": "@ink-soft",
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": 400,
        "gridColor": "@line",
        "domainColor": "@edge",
        "tickColor": "@edge",
        "labelPadding": 6,
        "titlePadding": 10,
    }
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE.split('.')[0]}.json",
        "background": "@surface",
        "width": width,
        "height": height,
        "padding": 4,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": axis,
            "text": {"font": FONT, "fontSize": 14, "color": "@ink"},
        },
        **parts,
    }
