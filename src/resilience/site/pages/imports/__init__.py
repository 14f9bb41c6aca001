"""Files brought in: upload, mapping, dry run, commit, undo."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
