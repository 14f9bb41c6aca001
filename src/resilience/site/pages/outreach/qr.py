"""A QR code as an image that a page can hold without style or script of its own."""

from __future__ import annotations

import segno


def qr_svg(text: str) -> str:
    """The address of an SVG image (data:) that shows the text as a QR code."""
    return str(segno.make_qr(text, error="m").svg_data_uri(scale=8, border=3, dark="#10222e", light="#ffffff"))
