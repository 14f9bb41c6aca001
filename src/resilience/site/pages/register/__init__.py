"""People the programme met, organisations and their spellings, the trail."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
