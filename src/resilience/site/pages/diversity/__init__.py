"""Diversity: the form, filled in by invitation without an account, taken back by its code; and the released tables."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.diversity import form, tables

addresses: list[URLPattern] = [
    path("diversity", tables.listed, name="diversity"),
    path("diversity/release", tables.released, name="diversity-release"),
    path("diversity/form/<str:invitation>", form.filled, name="diversity-form"),
    path("diversity/withdraw", form.withdrawn, name="diversity-withdraw"),
]
