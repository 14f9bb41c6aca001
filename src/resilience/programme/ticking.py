"""Everything that falls due with time, in the order in which one thing causes the next."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from resilience.programme import diversity_letters, evaluation, outbox, registration, reminders


@dataclass(frozen=True)
class Ticked:
    """What was done."""

    offered: int
    asked: int
    reminded: int
    invited: int
    sent: int
    failed: int
    undeliverable: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)

    def lines(self) -> list[str]:
        return [
            f"{self.offered} places offered, {self.asked} asked for evaluation, {self.reminded} reminded of it, "
            f"{self.invited} asked for the diversity form",
            f"{self.sent} letters sent, {self.failed} failed, {self.undeliverable} without an address",
        ]


def tick(now: datetime) -> Ticked:
    """Lets offers lapse and makes new ones, reminds, asks, and then sends what all of this has written."""
    offered = registration.serve_all(now)
    reminders.due(now)
    asked, reminded = evaluation.ask_due(now), evaluation.remind_due(now)
    invited = diversity_letters.ask_due(now)
    letters = outbox.send_due(now)
    return Ticked(offered, asked, reminded, invited, letters.sent, letters.failed, letters.undeliverable)
