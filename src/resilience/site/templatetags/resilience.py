"""What every template may use without loading it."""

from __future__ import annotations

from django import template

from resilience.site import assets, client

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
