"""Competences needed and held."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.skills import gap, pipeline, posts, roles

addresses: list[URLPattern] = [
    path("skills", gap.overview, name="skills"),
    path("skills.csv", gap.exported, name="skills-csv"),
    path("skills/charts/gap.<str:shade>.svg", gap.chart, name="skills-chart"),
    path("skills/posts", posts.listed, name="skills-posts"),
    path("skills/posts/<int:post>/remove", posts.removed, name="skills-post-remove"),
    path("skills/roles", roles.roles, name="skills-roles"),
    path("skills/pipeline", pipeline.overview, name="skills-pipeline"),
]
