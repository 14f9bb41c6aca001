"""The training modules as pages and the machine API show them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from resilience.training import modules
from resilience.training.errors import BadInput

log = logging.getLogger(__name__)

# The lesson in the controls comes first: whoever has never done this begins there.
FIRST = ("controls", "aseptic-filling")
MODE_NAMES = {"guided": _("Guided"), "practice": _("Practice"), "assessment": _("Assessment")}
MODE_SAYS = {
    "guided": _("The next step is shown and explained."),
    "practice": _("Silent unless you ask for a hint; a summary at the end."),
    "assessment": _("Silent, no hints, counts as an attempt."),
}
VERDICTS = {"competent": _("Competent"), "not_yet_competent": _("Not yet competent")}
SEVERITIES = {"critical": _("Critical"), "major": _("Major"), "minor": _("Minor")}
LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class ModeCard:
    id: str
    name: str
    says: str


@dataclass(frozen=True)
class ModuleCard:
    """A module, told in one language."""

    id: str
    version: str
    title: str
    summary: str
    minutes: int
    modes: tuple[ModeCard, ...]
    languages: tuple[str, ...]

    def spoken(self, language: str) -> str:
        """The language it is played in for whoever reads pages in this one."""
        return language if language in self.languages else self.languages[0]


def catalogue() -> list[ModuleCard]:
    """All modules that load, in the language of the request; one that does not load is named in the server's log."""
    cards = [card for name in modules.available() if (card := find(name)) is not None]
    rank = {name: place for place, name in enumerate(FIRST)}
    return sorted(cards, key=lambda card: (rank.get(card.id, len(rank)), card.title))


def find(name: str) -> ModuleCard | None:
    module = loaded(name)
    if module is None:
        return None
    spoken = get_language() or "en"
    language = spoken if spoken in module.head.languages else module.head.languages[0]
    return ModuleCard(
        id=module.id,
        version=module.version,
        title=module.text(language, "title"),
        summary=module.text(language, "summary"),
        minutes=module.head.minutes,
        modes=tuple(ModeCard(mode, str(MODE_NAMES[mode]), str(MODE_SAYS[mode])) for mode in module.head.modes),
        languages=tuple(module.head.languages),
    )


def title_of(name: str) -> str:
    """The module's title, or its bare name where the module is not installed any more."""
    card = find(name)
    return card.title if card else name


@lru_cache(maxsize=32)
def loaded(name: str) -> modules.Module | None:
    if name not in modules.available():
        return None
    try:
        return modules.load(name)
    except BadInput as error:
        log.error("module %s cannot be used: %s", name, error)
        return None
