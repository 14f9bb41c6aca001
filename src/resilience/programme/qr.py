"""QR codes, drawn in one way: 15 % of a code may be unreadable."""

from __future__ import annotations

import io

import segno

BORDER = 4  # modules of quiet zone, as ISO/IEC 18004 asks


def svg(text: str, border: int = BORDER) -> str:
    """The text as an SVG, black on white, eight units a module. border: modules of white around it."""
    drawn = io.BytesIO()
    made = segno.make_qr(text, error="m")
    made.save(drawn, kind="svg", border=border, scale=8, light="#fff", dark="#000", xmldecl=False)
    return drawn.getvalue().decode()


def data_address(text: str) -> str:
    """The same as an address (data:), for an image on a page."""
    made = segno.make_qr(text, error="m")
    return str(made.svg_data_uri(border=BORDER, scale=8, light="#fff", dark="#000"))
