"""Classes that join by a code, and who leads them."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.outreach import classes, pupils

addresses: list[URLPattern] = [
    path("classes", classes.listed, name="classes"),
    path("classes/<int:group>", classes.detail, name="class"),
    path("classes/<int:group>/counts", classes.counted, name="class-counts"),
    path("classes/<int:group>/close", classes.closed, name="class-close"),
    path("join", pupils.join, name="join"),
    path("join/<str:join_code>", pupils.join, name="join-code"),
    path("class", pupils.here, name="class-here"),
    path("class/begin", pupils.begin, name="class-begin"),
    path("class/skip", pupils.skip, name="class-skip"),
    path("class/interest", pupils.interest, name="class-interest"),
    path("class/play/<uuid:session>", pupils.play, name="class-play"),
]
