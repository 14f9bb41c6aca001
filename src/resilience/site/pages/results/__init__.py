"""Indicators, snapshots, publications, the dashboard, the quarter's pack, money and milestones."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.results import board, differences, figures, grant, money, packs, publications

addresses: list[URLPattern] = [
    path("results", board.board, name="results"),
    path("results.csv", board.exported, name="results-csv"),
    path("results/freeze", board.freeze, name="results-freeze"),
    path("results/targets", board.goals, name="results-targets"),
    path("results/targets/<int:target>/remove", board.goal_removed, name="results-target-remove"),
    path("results/charts/<str:drawing>.<str:theme>.svg", figures.chart, name="results-chart"),
    path("results/definitions", figures.definitions, name="results-definitions"),
    path("results/definitions/<str:indicator>/<int:version>", figures.definition, name="results-definition"),
    path("results/figures/<int:snapshot>", figures.detail, name="results-figure"),
    path("results/figures/<int:snapshot>.csv", figures.exported, name="results-figure-csv"),
    path("results/figures/<int:snapshot>/activities/<str:held>", figures.activity, name="results-activity"),
    path("results/figures/<int:earlier>/to/<int:later>", differences.difference, name="results-difference"),
    path("results/figures/<int:snapshot>/publish", publications.new, name="results-publish"),
    path("results/publications", publications.listed, name="results-publications"),
    path("results/publications/<int:publication>", publications.detail, name="results-publication"),
    path("results/packs", packs.listed, name="packs"),
    path("results/packs/<str:until>", packs.detail, name="pack"),
    path("results/packs/<str:until>/<str:file>", packs.download, name="pack-file"),
    path("published", publications.published, name="published"),
    path("published/<int:publication>", publications.method, name="published-method"),
    path("money", money.overview, name="money"),
    path("money.csv", money.exported, name="money-csv"),
    path("money/grant", grant.grant, name="money-grant"),
    path("money/spend/<str:until>", money.spend, name="money-spend"),
    path("money/work-packages/<int:package>/<str:until>", money.report, name="money-report"),
    path("money/risks/new", money.new_risk, name="money-risk"),
    path("money/risks/<int:risk>/close", money.changed_risk, name="money-risk-close"),
    path("money/changes/new", money.new_change, name="money-change"),
    path("money/changes/<int:change>/decide", money.decided, name="money-change-decide"),
]
