"""QR codes."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from resilience.programme import qr


@pytest.mark.parametrize("border", [0, 4])
def test_a_code_is_an_svg_of_its_modules_and_its_quiet_zone(border: int) -> None:
    drawn = qr.svg("https://site.example/c/ABCDEFGHJK", border)
    size = re.search(r'width="(\d+)" height="(\d+)"', drawn)
    assert size is not None
    # Version 3 has 29 modules, drawn eight units wide each.
    assert size[1] == size[2] == str(8 * (29 + 2 * border))
    assert drawn.startswith("<svg")


def test_another_text_is_another_code_and_a_page_gets_the_same_drawing() -> None:
    assert qr.svg("a") != qr.svg("b")
    address = qr.data_address("a")
    assert address.startswith("data:image/svg+xml")
    path = re.search(r'stroke="#000" d="([^"]+)"', qr.svg("a"))
    assert path is not None
    assert path[1] in unquote(address)
