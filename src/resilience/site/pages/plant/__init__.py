"""The plant for everybody: its catalogue, each kind in three dimensions, and a walk through its rooms."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.plant import catalogue, rooms

addresses: list[URLPattern] = [
    path("plant", catalogue.listed, name="plant"),
    path("plant/<slug:kind>", catalogue.shown, name="plant-kind"),
    path("plant/<slug:kind>.json", catalogue.drawn, name="plant-drawing"),
    path("plant/<slug:room>/walk", rooms.walked, name="plant-walk"),
    path("plant/<slug:room>/walk.json", rooms.scene, name="plant-scene"),
]
