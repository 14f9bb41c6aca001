"""Indicators, snapshots, publications, the dashboard, the quarter's pack, money and milestones."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
