"""The programme application."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "resilience.programme"
    label = "programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from resilience.programme import diversity_letters, holding
        from resilience.programme.skills import held

        holding.register()
        held.register()
        diversity_letters.register()
