"""The diversity form: filled in by invitation, without an account, and taken back by its code."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.diversity import form

addresses: list[URLPattern] = [
    path("diversity/form/<str:invitation>", form.filled, name="diversity-form"),
    path("diversity/withdraw", form.withdrawn, name="diversity-withdraw"),
]
