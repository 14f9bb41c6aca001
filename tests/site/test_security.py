"""What every answer tells the browser, and that no page breaks it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.site.conftest import People

PAGES = ["/", "/my", "/about/model", "/account/login/", "/nothing-here", "/account/password/reset/"]


@pytest.mark.parametrize("page", PAGES)
def test_headers(embedded_store: str, page: str) -> None:
    answer = Client().get(page)
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "xr-spatial-tracking=(self)" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer


def test_https_is_kept_to_where_it_is_spoken(embedded_store: str, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31536000
    answer = Client().get("/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    assert "wss://testserver" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("who", "page"),
    [
        *(("nobody", page) for page in PAGES),
        ("owner", "/reveal/{played}"),
        ("owner", "/play/{played}"),
        ("quality", "/records"),
        ("quality", "/records/1"),
        ("administrator", "/people"),
        ("trainee", "/account/"),
        ("trainee", "/account/mfa/"),
        ("trainee", "/account/mfa/totp/activate/"),
        ("trainee", "/account/password/change/"),
        ("trainee", "/account/email/"),
    ],
)
def test_no_page_holds_what_the_policy_forbids(people: People, who: str, page: str) -> None:
    html = people.client(who).get(page.format(played=people.played), follow=True).content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"\sstyle=|<style", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(people: People) -> None:
    client = Client()
    client.post("/account/login/", {"login": "owner@here.example", "password": "correct horse battery"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_an_open_redirect_is_not_offered(people: People) -> None:
    answer = Client().post(
        "/account/login/?next=https://elsewhere.example/",
        {"login": "owner@here.example", "password": "correct horse battery", "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/my"
