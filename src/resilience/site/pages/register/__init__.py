"""People the programme met, organisations and their spellings, the trail."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.register import joining, merging, organisations, persons, trail

addresses: list[URLPattern] = [
    path("persons", persons.listed, name="persons"),
    path("persons/alike", merging.alike, name="persons-alike"),
    path("persons/merges/<int:merge>/undo", merging.undone, name="merge-undo"),
    path("persons/<uuid:ref>", persons.detail, name="met"),
    path("persons/<uuid:ref>/export.json", persons.exported, name="met-export"),
    path("persons/<uuid:ref>/erase", persons.erased, name="met-erase"),
    path("persons/<uuid:ref>/invite", persons.invited, name="met-invite"),
    path("persons/<uuid:ref>/merge/<uuid:other>", merging.merged, name="met-merge"),
    path("persons/<uuid:ref>/apart/<uuid:other>", merging.apart, name="met-apart"),
    path("organisations", organisations.listed, name="organisations"),
    path("organisations/alike", joining.alike, name="organisations-alike"),
    path("organisations/<uuid:organisation>", organisations.detail, name="organisation"),
    path("organisations/<uuid:organisation>/spellings", organisations.spellings, name="organisation-spellings"),
    path("organisations/<uuid:organisation>/join/<uuid:other>", joining.joined, name="organisation-join"),
    path("organisations/<uuid:organisation>/apart/<uuid:other>", joining.apart, name="organisation-apart"),
    path("trail", trail.listed, name="trail"),
]
