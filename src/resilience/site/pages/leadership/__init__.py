"""The leadership accelerator: calls, blind review, cohorts, alumni."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.leadership import applying, calls, cohorts, reviewing

addresses: list[URLPattern] = [
    path("leadership", calls.listed, name="calls"),
    path("leadership/<str:call>", calls.detail, name="call"),
    path("leadership/<str:call>/select", calls.selected, name="call-select"),
    path("leadership/<str:call>/withdraw", calls.withdrawn, name="call-withdraw"),
    path("leadership/<str:call>/review", reviewing.reviewed, name="call-review"),
    path("leadership/<str:call>/cohort", cohorts.started, name="cohort-start"),
    path("cohorts/<int:cohort>", cohorts.detail, name="cohort"),
    path("cohorts/<int:cohort>/members/<int:cohort_member>", cohorts.changed, name="cohort-member"),
    path("apply/<str:call>", applying.apply, name="apply"),
    path("assess/<str:assessment>", applying.assess, name="assess"),
]
