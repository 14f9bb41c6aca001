"""Every address of the site. `tests/site/test_permissions.py` fails when one is added without saying who may use it."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from resilience.site.api import api
from resilience.site.pages import (
    about,
    account,
    activities,
    diversity,
    footprint,
    front,
    imports,
    leadership,
    outreach,
    people,
    plant,
    records,
    register,
    results,
    sessions,
    skills,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("try", front.try_, name="try"),
    path("play/<str:session>", sessions.play, name="play"),
    path("reveal/<str:session>", sessions.reveal, name="reveal"),
    path("my", sessions.my, name="my"),
    path("records", records.listed, name="records"),
    path("records.csv", records.exported, name="records-csv"),
    path("records/<int:seq>", records.detail, name="record"),
    path("records/<int:seq>/verify", records.verified, name="record-verify"),
    path("records/<int:seq>/countersign", records.countersigned, name="record-countersign"),
    path("people", people.listed, name="people"),
    path("people/<int:member>", people.changed, name="person"),
    path("about/model", about.model, name="about-model"),
    *plant.addresses,
    *register.addresses,
    *activities.addresses,
    *imports.addresses,
    *outreach.addresses,
    *leadership.addresses,
    *skills.addresses,
    *diversity.addresses,
    *results.addresses,
    *footprint.addresses,
    path("account/", account.overview, name="account"),
    path("account/organisation", account.organisation, name="account-organisation"),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("account/", include("allauth.account.urls")),
    path("language", set_language, name="set_language"),
    path("api/", api.urls),
]
handler400 = "resilience.site.pages.errors.bad_request"
handler403 = "resilience.site.pages.errors.forbidden"
handler404 = "resilience.site.pages.errors.not_found"
handler500 = "resilience.site.pages.errors.broken"
