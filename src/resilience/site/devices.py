"""What kind of device asks, as far as its browser tells: only the kind is kept, never the browser's own words."""

from __future__ import annotations

import re

from django.http import HttpRequest

from resilience.records.models import Device

# Values of the client hint Sec-CH-UA-Form-Factors (WICG, User-Agent Client Hints), the most telling first.
FORM_FACTORS = (
    ("XR", Device.HEADSET),
    ("Tablet", Device.TABLET),
    ("Mobile", Device.PHONE),
    ("Desktop", Device.COMPUTER),
)
# What stands in the older header User-Agent; the first that fits. A tablet with Android lacks the word Mobile, and an
# iPad that asks for desktop pages cannot be told from a Mac.
AGENTS = (
    (r"OculusBrowser|Quest|PicoBrowser|Wolvic|VisionOS", Device.HEADSET),
    (r"iPad|Tablet|Android(?!.*Mobile)", Device.TABLET),
    (r"Mobi|iPhone", Device.PHONE),
    (r"Windows NT|Macintosh|X11|CrOS", Device.COMPUTER),
)


def device_of(request: HttpRequest) -> str:
    """A Device, or empty where the browser does not tell."""
    said = request.headers.get("Sec-CH-UA-Form-Factors", "")
    for word, device in FORM_FACTORS:
        if f'"{word}"' in said:
            return str(device.value)
    agent = request.headers.get("User-Agent", "")
    for pattern, device in AGENTS:
        if re.search(pattern, agent):
            return str(device.value)
    return str(Device.PHONE.value) if request.headers.get("Sec-CH-UA-Mobile") == "?1" else ""
