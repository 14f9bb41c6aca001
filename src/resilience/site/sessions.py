"""Beginning a session for whoever asks, and what can be read about one afterwards."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from resilience.records import services as records
from resilience.records.models import Purpose
from resilience.site import access, catalogue, live
from resilience.site.actors import Request
from resilience.site.devices import device_of
from resilience.training.errors import BadInput

# Seeds drawn for a person are short enough to be read out; any seed up to the log's limit may be asked for.
LARGEST_DRAWN_SEED = 999_999
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Begun:
    """A new session. The token is shown once; with it the session is played and its reveal read."""

    id: str
    token: str

    @property
    def play(self) -> str:
        return f"/play/{self.id}#{self.token}"

    @property
    def socket(self) -> str:
        return f"/live/{self.id}"


def begin(request: Request, module: str, mode: str, seed: int | None, language: str | None, purpose: str = "") -> Begun:
    """Creates the session and notes whose it is, what it is declared to be for, and on what it runs.

    Raises BadInput for what the module does not offer and for a purpose that there is not.
    """
    card = catalogue.find(module)
    if card is None:
        offered = ", ".join(card.id for card in catalogue.catalogue())
        raise BadInput(f"there is no module `{module}`", "module", f"Name one of {offered}.")
    if mode not in [offered.id for offered in card.modes]:
        known = ", ".join(offered.id for offered in card.modes)
        raise BadInput(f"the module `{module}` has no mode `{mode}`", "mode", f"Name one of {known}.")
    spoken = card.spoken(request.LANGUAGE_CODE) if language is None else language
    if spoken not in card.languages:
        known = ", ".join(card.languages)
        raise BadInput(f"the module `{module}` does not speak `{spoken}`", "language", f"Name one of {known}.")
    if purpose and purpose not in Purpose.values:
        known = ", ".join(Purpose.values)
        raise BadInput(f"there is no purpose `{purpose}`", "purpose", f"Name one of {known}, or none.")
    chosen = secrets.randbelow(LARGEST_DRAWN_SEED) + 1 if seed is None else seed
    if not 0 <= chosen <= LARGEST_SEED:
        raise BadInput(f"the seed {chosen} is out of range", "seed", f"Give a whole number from 0 to {LARGEST_SEED}.")
    id_, token = live.create(module, mode, chosen, spoken)
    device = device_of(request)
    records.begin(id_, token, module, mode, chosen, spoken, request.actor, purpose=purpose, device=device)
    access.remember(request, id_)
    return Begun(id_, token)
