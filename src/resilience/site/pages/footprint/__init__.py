"""The account of waste, carbon and money, site profiles, conversion factors."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
