"""The kind of device, from what browsers send."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from resilience.site.devices import device_of

QUEST = "Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 OculusBrowser/33.0 Chrome/126.0 VR Safari/537.36"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
GALAXY_TAB = "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"User-Agent": QUEST}, "headset"),
        ({"User-Agent": PIXEL}, "phone"),
        ({"User-Agent": GALAXY_TAB}, "tablet"),
        ({"User-Agent": IPHONE}, "phone"),
        ({"User-Agent": WINDOWS}, "computer"),
        # The hint says it better than the older header.
        ({"User-Agent": WINDOWS, "Sec-CH-UA-Form-Factors": '"Desktop", "XR"'}, "headset"),
        ({"Sec-CH-UA-Mobile": "?1"}, "phone"),
        ({"User-Agent": "curl/8"}, ""),
        ({}, ""),
    ],
)
def test_a_browser_tells_what_it_runs_on(headers: dict[str, str], kind: str) -> None:
    assert device_of(RequestFactory().get("/", headers=headers)) == kind
