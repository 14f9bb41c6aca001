"""Activities: planning, registration, the door, certificates, evaluation."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.activities import asking, attending, detail, door, evaluating, listed, planning, tickets

addresses: list[URLPattern] = [
    path("activities", listed.listed, name="activities"),
    path("activities/new", planning.made, name="activity-new"),
    path("activities/<str:code>", detail.detail, name="activity"),
    path("activities/<str:code>/edit", planning.changed, name="activity-edit"),
    path("activities/<str:code>/end", planning.ended, name="activity-end"),
    path("activities/<str:code>/register", detail.registered, name="activity-register"),
    path("activities/<str:code>/registrations/<int:registration>", detail.moved, name="activity-registration"),
    path("activities/<str:code>/attendance", detail.attended, name="activity-attendance"),
    path("activities/<str:code>/heads", detail.heads, name="activity-heads"),
    path("activities/<str:code>/form", asking.form, name="activity-form"),
    path("activities/<str:code>/test", asking.test, name="activity-test"),
    path("activities/<str:code>/evaluation", evaluating.summed_up, name="activity-evaluation"),
    path("activities/<str:code>/certificates/<int:registration>.pdf", detail.certificate, name="activity-certificate"),
    path("attend/<str:code>", attending.attend, name="attend"),
    path("ticket/<str:token>", tickets.ticket, name="ticket"),
    path("ticket/<str:token>/code.svg", tickets.code, name="ticket-code"),
    path("ticket/<str:token>/activity.ics", tickets.calendar, name="ticket-calendar"),
    path("ticket/<str:token>/certificate.pdf", tickets.certificate, name="ticket-certificate"),
    path("evaluate/<str:asked>", evaluating.evaluate, name="evaluate"),
    path("certificate/<str:certified>", tickets.confirmed, name="certificate"),
    path("door/worker.js", door.worker, name="door-worker"),
    path("door/<int:meeting>", door.door, name="door"),
    path("door/<int:meeting>/list", door.guests, name="door-list"),
    path("door/<int:meeting>/scans", door.scans, name="door-scans"),
]
