"""Addresses that letters, tickets and certificates carry out of the house."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def absolute(name: str, **arguments: str) -> str:
    """The full address of a page by its name: pages are served at settings.SITE_ADDRESS."""
    return f"{settings.SITE_ADDRESS}{reverse(name, kwargs=arguments)}"
