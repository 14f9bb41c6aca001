"""The account of waste, carbon and money, site profiles, conversion factors."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.footprint import account, factors, profile

addresses: list[URLPattern] = [
    path("footprint", account.overview, name="footprint"),
    path("footprint/method", account.method, name="footprint-method"),
    path("footprint.csv", account.exported, name="footprint-csv"),
    path("footprint-method.csv", account.exported_facts, name="footprint-method-csv"),
    path("footprint.json", account.as_json, name="footprint-json"),
    path("footprint/charts/<str:aspect>-<str:measure>.<str:theme>.svg", account.chart, name="footprint-chart"),
    path("footprint/site", profile.profile, name="footprint-site"),
    path("footprint/site/<str:part>/add", profile.added, name="footprint-site-add"),
    path("footprint/site/<str:part>/<int:index>/remove", profile.removed, name="footprint-site-remove"),
    path("footprint/factors", factors.listed, name="footprint-factors"),
    path("footprint/factors/read", factors.uploaded, name="footprint-factors-read"),
    path("footprint/factors/<int:number>", factors.detail, name="footprint-edition"),
]
