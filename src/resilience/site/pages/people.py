"""The organisation's people: who has which role. Accounts are given here; nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from resilience.people import services
from resilience.people.models import Account, Membership, Organisation, Role
from resilience.people.permissions import GIVEN_BY, May
from resilience.people.text import CleanCharField
from resilience.records import services as records
from resilience.site.actors import Request, needs


class PersonForm(forms.Form):
    name = CleanCharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(label=gettext_lazy("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=Role.TRAINEE)

    def __init__(self, organisation: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_of(organisation)  # type: ignore[attr-defined]


def roles_of(organisation: Organisation, held: str = "") -> list[tuple[str, str]]:
    """The roles that the organisation gives, and the one that somebody holds already."""
    return [(role.value, str(role.label)) for role in Role if role in GIVEN_BY[organisation.kind] or role.value == held]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_PEOPLE)
def listed(request: Request) -> HttpResponse:
    """The list, and the form that adds a person."""
    organisation = request.actor.organisation
    assert organisation is not None
    form = PersonForm(organisation, request.POST or None)
    link = None
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        account, is_new = services.add_member(
            organisation, asked["email"], asked["name"], Role(asked["role"]), actor=request.actor
        )
        if not is_new:
            messages.success(
                request, _("%(person)s has an account already and is now one of yours.") % {"person": account}
            )
            return redirect("people")
        link = password_link(request, account)
        form = PersonForm(organisation)
    found = Membership.objects.select_related("account").order_by("account__name", "account__email")
    members = [(member, roles_of(organisation, member.role)) for member in found]
    return render(
        request,
        "people.html",
        {"here": "people", "members": members, "form": form, "link": link},
    )


@require_POST
@needs(May.MANAGE_PEOPLE)
def changed(request: Request, member: int) -> HttpResponse:
    """Changes a role, takes it away, or erases the person from the records."""
    membership = Membership.objects.select_related("account", "organisation").filter(pk=member).first()
    if membership is None:
        raise Http404
    wanted = request.POST.get("do")
    try:
        if wanted == "role" and request.POST.get("role") in Role.values:
            services.change_role(membership, Role(request.POST["role"]), request.actor)
            messages.success(request, _("%(person)s has another role now.") % {"person": membership.account})
        elif wanted == "remove":
            person = str(membership.account)
            services.remove_member(membership, request.actor)
            records.erase(membership.account_id, membership.organisation_id)
            messages.success(
                request,
                _("%(person)s is removed. What they did stays in the records without a name.") % {"person": person},
            )
        else:
            messages.error(request, _("Nothing was changed: the form asked for something unknown."))
    except services.RoleNotGivenError:
        messages.error(
            request,
            _("%(organisation)s does not give this role: whoever leads or funds the programme does.")
            % {"organisation": membership.organisation},
        )
    except services.LastAdministratorError:
        messages.error(
            request,
            _("%(person)s is the only administrator. Make somebody else one first.") % {"person": membership.account},
        )
    return redirect("people")


def password_link(request: HttpRequest, account: Account) -> str:
    """The address at which the new person sets a password, once."""
    key = EmailAwarePasswordResetTokenGenerator().make_token(account)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), key])
    return request.build_absolute_uri(path)
