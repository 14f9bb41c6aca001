"""The diversity form, its withdrawal, and released tables."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
