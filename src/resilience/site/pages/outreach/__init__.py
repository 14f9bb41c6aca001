"""Classes that join by a code, and who leads them."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
