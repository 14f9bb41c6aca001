"""`python -m resilience.site add_organisation "Site A" ann@example.org --kind employer`: an operator's first step."""

from __future__ import annotations

import secrets
from argparse import ArgumentTypeError
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from resilience.people.models import NameTakenError, Organisation, OrganisationKind, Role
from resilience.people.services import add_member


class Command(BaseCommand):
    help = "Adds an organisation and its first administrator; the password of a new account is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the organisation is called")
        parser.add_argument("email", type=email_address, help="the administrator's e-mail address")
        parser.add_argument(
            "--kind",
            choices=OrganisationKind.values,
            default=OrganisationKind.PARTNER,
            help="decides which roles its administrators can give; the programme has one that leads it",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        name, email = options["name"], options["email"]
        if Organisation.objects.filter(name=name).exists():
            raise CommandError(f"There is an organisation called {name} already: choose another name.")
        password = secrets.token_urlsafe(12)
        try:
            organisation = Organisation.objects.create(name=name, kind=options["kind"])
        except NameTakenError as error:
            raise CommandError(str(error)) from error
        _, is_new = add_member(organisation, email, "", Role.ADMINISTRATOR, password)
        self.stdout.write(f"{name} is there; {email} is its administrator.")
        self.stdout.write(f"Password, shown this once: {password}" if is_new else "The account keeps its password.")


def email_address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ArgumentTypeError(f"{text} is no e-mail address: write it as name@example.org") from error
    return text
