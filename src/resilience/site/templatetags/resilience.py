"""What every template may use without loading it."""

from __future__ import annotations

from django import template
from django.utils import formats

from resilience.site import assets, client

SMALLEST_CFU = 0.001

register = template.Library()
register.simple_tag(assets.versioned, name="file")
register.simple_tag(client.entry, name="client_entry")


@register.filter
def minutes_seconds(seconds: float | None) -> str:
    """245.0 -> "4:05"; an hour and more as "1:02:05"."""
    if seconds is None:
        return ""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


@register.filter
def cfu(value: float | None) -> str:
    """An expected number of organisms: two digits that count, "<" where it is next to nothing."""
    if value is None:
        return ""
    if value < SMALLEST_CFU:
        return f"< {formats.number_format(SMALLEST_CFU)}"
    return str(formats.number_format(float(f"{value:.2g}")))
