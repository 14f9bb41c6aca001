"""How sign-in behaves here: accounts are given by an administrator, nobody signs themselves up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from resilience.people.permissions import May
from resilience.people.services import actor_of

FIRST_PAGES: tuple[tuple[May, str], ...] = (
    (May.RELEASE_DIVERSITY, "diversity"),
    (May.FREEZE_RESULTS, "results"),
    (May.RUN_ACTIVITIES, "activities"),
    (May.SEE_RESULTS, "results"),
    (May.SEE_RECORDS, "records"),
)
"""Where somebody's work is: the first of these that they may do; who may do none practises."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page after signing in, where no other was asked for."""
        actor = actor_of(request.user, request.session.get("organisation"))
        return next((reverse(page) for may, page in FIRST_PAGES if actor.may(may)), reverse("my"))
