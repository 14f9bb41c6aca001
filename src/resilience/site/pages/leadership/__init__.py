"""The leadership accelerator: calls, blind review, cohorts, alumni."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
