"""The figures of the invented programme: frozen and released as each quarter's rows are entered, then published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from resilience.people.permissions import Actor
from resilience.programme.demonstration import Demonstration
from resilience.results import disclosure, pack, pack_footprint, publications, snapshots, targets
from resilience.results.demonstration_practice import Practice
from resilience.results.diversity_tables import tables
from resilience.results.models import Snapshot

# Sentences with {} for the figure; each is published for the last quarter.
SENTENCES = {
    "trainees": (
        "{} trainees have been at training events of the invented programme.",
        "Mae {} o hyfforddeion wedi bod mewn digwyddiadau hyfforddi'r rhaglen ddychmygol.",
    ),
    "students": (
        "{} students have taken part in training and outreach of the invented programme.",
        "Mae {} o fyfyrwyr wedi cymryd rhan yn hyfforddiant ac allgymorth y rhaglen ddychmygol.",
    ),
    "activities": (
        "{} training and outreach events have been held by the invented programme.",
        "Cynhaliwyd {} o ddigwyddiadau hyfforddi ac allgymorth gan y rhaglen ddychmygol.",
    ),
    "leaders": (
        "{} future leaders have taken part in the invented leadership accelerator.",
        "Mae {} o arweinwyr y dyfodol wedi cymryd rhan yn y cyflymydd arweinyddiaeth dychmygol.",
    ),
    "leader_organisations": (
        "Future leaders have come from {} organisations of the invented programme.",
        "Daeth arweinwyr y dyfodol o {} o sefydliadau'r rhaglen ddychmygol.",
    ),
    "leaders_female_percent": (
        "{} % of the invented leaders who told their sex are female.",
        "Mae {} % o'r arweinwyr dychmygol a nododd eu rhyw yn fenywod.",
    ),
    "leaders_bame_percent": (
        "{} % of the invented leaders who told their ethnic background are from Black, Asian and minority ethnic ones.",
        "Mae {} % o'r arweinwyr dychmygol a nododd eu cefndir ethnig o gefndiroedd Du, Asiaidd a lleiafrifoedd ethnig.",
    ),
}


def enter(
    demonstration: Demonstration,
    actor: Actor,
    analyst: Actor,
    say: Callable[[str], None],
    practice: Practice | None = None,
) -> date:
    """Enters every quarter, freezes its figures and releases its diversity tables; returns the day of the last.

    actor: the programme lead, who freezes and approves; analyst: who releases diversity tables; practice: the sessions
    to record, if any.
    """
    ends = demonstration.plan.quarter_ends
    for place, quarter in enumerate(ends, 1):
        demonstration.enter(quarter, actor)
        if practice is not None:
            practice.enter(quarter, actor)
        now = at_noon(demonstration.plan.entered_by(quarter))
        for table in tables():
            disclosure.release(table, quarter, analyst, now)
        snapshots.freeze(quarter, actor, now)
        if place in demonstration.plan.packs:
            pack.freeze(quarter, actor, now, pack_footprint.section(quarter))
        say(f"  quarter {place} of {len(ends)}, to {quarter}")
    now = at_noon(demonstration.plan.entered_by(ends[-1]))
    for planned in demonstration.plan.targets:
        targets.set_target(actor, planned.indicator, planned.due_on, planned.value)
    publish(actor, ends[-1], now)
    return ends[-1]


def publish(actor: Actor, as_of: date, now: datetime) -> None:
    """Publishes a few figures of the last quarter, each checked like any other."""
    latest = snapshots.latest(as_of)
    for code, (english, welsh) in SENTENCES.items():
        snapshot: Snapshot = latest[code]
        if snapshot.value is None:
            continue
        printed = f"{snapshot.value:,.0f}"
        text = {"en": english.format(printed), "cy": welsh.format(printed)}
        publications.approve(publications.draft(snapshot, text, printed, actor, now), actor, now)


def at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
