"""The dashboard of results as a lead's browser gets it: the whole page, and the charts it asks for."""

from __future__ import annotations

import html
import http.client
import re
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from benchmarks import machine
from benchmarks.served import HOST, TRIVIAL, server, signed_in

DASHBOARD = "/results"
PAGES = 40
QUARTERS_BEFORE = 5
CHARTS = ("trend", "regions", "partners", "money")


def measure(as_of: date) -> dict[str, Any]:
    """Seconds from asking until the last byte is read, on a store with figures frozen for `as_of` and nothing else.

    The server has a core of its own. What a page needs to be whole is entered first (`fill_the_rest`).
    """
    from resilience.people.models import Organisation, Role
    from resilience.people.services import add_member

    fill_the_rest(as_of)
    partner = Organisation.objects.get(name="Partner 0")
    lead, _is_new = add_member(partner, "lead@benchmark.invalid", "Lead", Role.LEAD)
    browser = signed_in(lead)
    with server() as (port, process), closing(http.client.HTTPConnection(HOST, port, timeout=60)) as line:

        def get(address: str) -> tuple[float, bytes]:
            began = time.perf_counter()
            line.request("GET", address, headers=browser)
            answer = line.getresponse()
            read = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address} answered {answer.status}")
            return time.perf_counter() - began, read

        first, page = get(DASHBOARD)
        charts = [html.unescape(one) for one in re.findall(r'<img src="([^"]*/charts/[^"]*)"', page.decode())]
        missing = [name for name in CHARTS if not any(f"/{name}." in chart for chart in charts)]
        if missing or b"Partner 4" not in page:
            raise RuntimeError(f"the dashboard is not whole: {missing or 'partners'} missing")
        used = machine.cpu_seconds(process)
        pages = sorted(get(DASHBOARD)[0] for _page in range(PAGES))
        busy = (machine.cpu_seconds(process) - used) / PAGES
        drawn = [get(chart)[0] for chart in charts]
        kept = [get(chart)[0] for chart in charts]
        peer = sorted(get(TRIVIAL)[0] for _page in range(PAGES))
    return {
        "kilobytes": round(len(page) / 1000, 1),
        "first_after_start_seconds": round(first, 3),
        "seconds": round(pages[PAGES // 2], 4),
        "p95_seconds": round(pages[int(PAGES * 0.95)], 4),
        "processor_seconds": round(busy, 4),
        "charts": len(charts),
        "charts_drawn_seconds": round(sum(drawn), 3),
        "charts_drawn_before_seconds": round(sum(kept), 3),
        "peer_trivial_page_seconds": round(peer[PAGES // 2], 4),
    }


def fill_the_rest(as_of: date) -> None:
    """Quarters before the frozen one (its figures again, smaller), targets of the headlines, a grant with spend."""
    from resilience.people.models import Organisation
    from resilience.people.permissions import NOBODY
    from resilience.people.scopes import whole_programme
    from resilience.programme import money
    from resilience.programme.models import Spend
    from resilience.programme.quarters import quarter_start
    from resilience.results import targets
    from resilience.results.models import Snapshot
    from resilience.results.overview import HEADLINES

    days = [as_of]
    for _quarter in range(QUARTERS_BEFORE):
        days.append(quarter_start(days[-1]) - timedelta(days=1))
    frozen = list(Snapshot.objects.filter(as_of=as_of, filters={}))
    for place, day in enumerate(days[1:], 1):
        for snapshot in frozen:
            snapshot.pk, snapshot.as_of = None, day
            if snapshot.value is not None:
                snapshot.value = snapshot.value * (1 - place / len(days))
        Snapshot.objects.bulk_create(frozen)
    for code in HEADLINES:
        targets.set_target(NOBODY, code, as_of + timedelta(days=365), 150_000)
    partners = list(Organisation.objects.filter(kind="partner").order_by("name"))
    funder = Organisation.objects.create(name="Funder", kind="funder")
    now = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=8)
    with whole_programme("filling a store to measure on"):
        grant = money.set_grant(
            NOBODY,
            code="BENCH",
            title="Benchmark",
            lead=partners[0],
            funder=funder,
            starts_on=quarter_start(days[-1]),
            ends_on=as_of + timedelta(days=365),
            total_gbp=Decimal(4_500_000),
        )
        lines = {category.value: money.Line(Decimal(9_000), Decimal(8_500)) for category in Spend.Category}
        for partner in partners:
            budget = money.set_budget(NOBODY, grant, partner, Decimal(900_000))
            for day in days:
                money.enter_spend(NOBODY, budget, day, lines, now)
