"""Activities: planning, registration, the door, certificates, evaluation."""

from __future__ import annotations

from django.urls import URLPattern

addresses: list[URLPattern] = []
