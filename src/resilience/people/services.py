"""Use cases around people: who is asking, adding somebody, changing a role, shutting an account out."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django_scopes import scopes_disabled

from resilience.people import trail
from resilience.people.models import Account, Membership, Organisation, Role
from resilience.people.permissions import GIVEN_BY, NOBODY, Actor


class LastAdministratorError(Exception):
    """The change would leave an organisation with nobody who can manage it."""


class RoleNotGivenError(ValueError):
    """The role is not one that this kind of organisation gives."""


def actor_of(user: Account | AnonymousUser, organisation_id: str | None = None) -> Actor:
    """The actor behind a signed-in user.

    organisation_id picks one of the account's organisations; the first by name where it is absent or not theirs.
    """
    if not isinstance(user, Account) or not user.is_active:
        return NOBODY
    memberships = memberships_of(user)
    if not memberships:
        return Actor(account=user)
    chosen = next((m for m in memberships if str(m.organisation_id) == organisation_id), memberships[0])
    return Actor(account=user, organisation=chosen.organisation, role=Role(chosen.role))


def memberships_of(account: Account) -> list[Membership]:
    """All roles of the account, by the name of the organisation."""
    with scopes_disabled():
        return list(
            Membership.objects.filter(account=account).select_related("organisation").order_by("organisation__name")
        )


@transaction.atomic
def add_member(
    organisation: Organisation,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
    actor: Actor = NOBODY,
) -> tuple[Account, bool]:
    """Gives a person a role in the organisation; returns the account and whether it is new.

    An account that exists keeps its name and password: an administrator of one organisation cannot take over an
    account that also belongs to another. Raises RoleNotGivenError.
    """
    refuse_role(organisation, role, actor)
    account = Account.objects.filter(email=email.lower()).first()
    is_new = account is None
    if account is None:
        account = Account.objects.create_user(email, password, name=name)
    with scopes_disabled():
        Membership.objects.update_or_create(organisation=organisation, account=account, defaults={"role": role})
    trail.add(
        actor, "gave role", f"account:{account.pk}", new={"role": role.value, "organisation": str(organisation.pk)}
    )
    return account, is_new


@transaction.atomic
def change_role(membership: Membership, role: Role, actor: Actor = NOBODY) -> None:
    """Raises RoleNotGivenError, and LastAdministratorError where nobody else could manage the organisation then."""
    refuse_role(membership.organisation, role, actor)
    if role is not Role.ADMINISTRATOR:
        keep_an_administrator(membership)
    old = membership.role
    membership.role = role
    membership.save(update_fields=["role"])
    trail.add(actor, "changed role", f"account:{membership.account_id}", old=str(old), new=role.value)


@transaction.atomic
def remove_member(membership: Membership, actor: Actor = NOBODY) -> None:
    """Takes the role away; the account stays. Raises LastAdministratorError as change_role does."""
    keep_an_administrator(membership)
    account, old = membership.account_id, str(membership.role)
    membership.delete()
    trail.add(actor, "took role away", f"account:{account}", old=old)


def refuse_role(organisation: Organisation, role: Role, actor: Actor) -> None:
    """An administrator gives what their kind of organisation has to give; whoever runs the server gives any role."""
    if actor.account is not None and role not in GIVEN_BY[organisation.kind]:
        raise RoleNotGivenError(
            f"{organisation} cannot give the role {role.value}: it is given by the organisation that leads or funds"
        )


def keep_an_administrator(leaving: Membership) -> None:
    if leaving.role != Role.ADMINISTRATOR:
        return
    others = Membership.objects.filter(organisation=leaving.organisation, role=Role.ADMINISTRATOR).exclude(
        pk=leaving.pk
    )
    if not others.exists():
        raise LastAdministratorError(
            f"{leaving.account} is the only administrator of {leaving.organisation}: make somebody else one first"
        )
