"""What goes into a pack: everything that is known of the programme at the end of a quarter, as plain JSON values.

Texts that come with the product stand in both languages; what people wrote stands as they wrote it. Money is in GBP as
text with two decimals, so that no sum depends on how a machine writes a fraction.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from resilience.people.models import Region
from resilience.programme import money, progress
from resilience.programme.models import Grant
from resilience.programme.quarters import quarter_start
from resilience.results import overview
from resilience.results.disclosure import standing as standing_release
from resilience.results.diversity_tables import tables
from resilience.results.files import Texts
from resilience.results.overview import HEADLINES, Standing
from resilience.training.errors import BadInput

# The shape of the data; raised when a reader of the JSON would have to know.
FORM = 1


def gather(quarter: date, now: datetime, footprint: dict[str, Any] | None) -> dict[str, Any]:
    """The pack's data. Raises BadInput without a grant, or without figures frozen on the quarter's last day."""
    grant = money.current_grant()
    if grant is None or quarter not in money.grant_quarters(grant):
        raise BadInput("there is no grant that covers this quarter", "grant", "Enter the grant.")
    standings = overview.standings(quarter)
    if not standings:
        raise BadInput(f"no figures are frozen for {quarter}", "figures", "Freeze them first.")
    pasts = overview.histories(quarter)
    return {
        "form": FORM,
        "quarter": quarter.isoformat(),
        "starts_on": quarter_start(quarter).isoformat(),
        "frozen_at": now.isoformat(timespec="seconds"),
        "programme": programme_of(grant),
        "indicators": [indicator_of(one, pasts[one.snapshot.indicator]) for one in standings],
        "regions": {code: regions_of(code, quarter) for code in ("trainees", "students")},
        "partners": {code: partners_of(code, quarter) for code in ("trainees", "students", "activities")},
        **money_of(grant, quarter),
        "work_packages": packages_of(grant, quarter),
        "risks": risks_of(grant, quarter),
        "changes": changes_of(grant, quarter),
        "diversity": diversity_of(quarter),
        "footprint": footprint,
    }


def programme_of(grant: Grant) -> dict[str, Any]:
    return {
        "title": grant.title,
        "code": grant.code,
        "lead": grant.lead.name,
        "funder": grant.funder.name,
        "starts_on": grant.starts_on.isoformat(),
        "ends_on": grant.ends_on.isoformat(),
        "total_gbp": f"{grant.total_gbp:.2f}",
        "invented": grant.invented,
    }


def indicator_of(one: Standing, past: list[Any]) -> dict[str, Any]:
    held, ahead = one.snapshot, one.outlook
    return {
        "code": held.indicator,
        "version": held.version,
        "headline": held.indicator in HEADLINES,
        "title": both(one.indicator.title),
        "definition": both(one.indicator.definition),
        "unit": one.indicator.unit,
        "decimals": one.indicator.decimals,
        "value": held.value,
        "numerator": held.numerator,
        "denominator": held.denominator,
        "response_rate": held.response_rate,
        "partners": held.partners,
        "rows_hash": held.rows_hash,
        "history": [[found.as_of.isoformat(), found.value] for found in past],
        "target": None if one.target is None else [one.target.due_on.isoformat(), one.target.value],
        "outlook": None
        if ahead is None
        else {"on": ahead.on.isoformat(), "value": ahead.value, "low": ahead.low, "high": ahead.high},
    }


def regions_of(code: str, quarter: date) -> dict[str, float | None]:
    """Region code -> value, of the regions in which something was held."""
    held = overview.by_region(code, quarter)
    return {region.value: held[region].value for region in Region if region in held}


def partners_of(code: str, quarter: date) -> list[list[Any]]:
    return [[name, held.value] for name, held in overview.by_partner(code, quarter)]


def money_of(grant: Grant, quarter: date) -> dict[str, Any]:
    """Up to the quarter by partner and by category, and what each partner spent in the quarter itself."""
    before = money.partners_money(grant, date.fromordinal(quarter_start(quarter).toordinal() - 1))
    spent_before = {row.organisation.pk: row for row in before}
    rows = []
    for row in money.partners_money(grant, quarter):
        earlier = spent_before[row.organisation.pk]
        amounts = {
            "budget": row.budget,
            "forecast": row.forecast,
            "actual": row.actual,
            "expected": row.expected,
            "quarter_forecast": row.forecast - earlier.forecast,
            "quarter_actual": row.actual - earlier.actual,
        }
        named = {f"{name}_gbp": f"{amount:.2f}" for name, amount in amounts.items()}
        rows.append({"partner": row.organisation.name, **named, "missing": row.missing})
    categories = [
        {"category": category, "forecast_gbp": f"{forecast:.2f}", "actual_gbp": f"{actual:.2f}"}
        for category, forecast, actual in money.categories_money(grant, quarter)
    ]
    return {"money": rows, "categories": categories}


def packages_of(grant: Grant, quarter: date) -> list[dict[str, Any]]:
    return [
        {
            "code": row.work_package.code,
            "title": row.work_package.title,
            "partner": row.work_package.organisation.name,
            "due_on": row.work_package.due_on.isoformat(),
            "late": row.late,
            "standing": row.report.standing if row.report else None,
            "percent": row.report.percent if row.report else None,
            "text": row.report.text if row.report else "",
        }
        for row in progress.progress(grant, quarter)
    ]


def risks_of(grant: Grant, quarter: date) -> list[dict[str, Any]]:
    return [
        {
            "title": risk.title,
            "partner": risk.organisation.name,
            "likelihood": risk.likelihood,
            "impact": risk.impact,
            "mitigation": risk.mitigation,
            "opened_on": risk.opened_on.isoformat(),
        }
        for risk in progress.risks(grant, quarter)
    ]


def changes_of(grant: Grant, quarter: date) -> list[dict[str, Any]]:
    return [
        {
            "title": change.title,
            "partner": change.organisation.name,
            "reason": change.reason,
            "decision": change.decision,
            "asked_on": change.asked_on.isoformat(),
            "decided_on": change.decided_on.isoformat() if change.decided_on else None,
        }
        for change in progress.changes(grant, quarter_start(quarter), quarter)
    ]


def diversity_of(quarter: date) -> list[dict[str, Any]]:
    """Every diversity table as it stood released at the end of the quarter: nothing else of diversity is read."""
    found = []
    for table in tables().values():
        release = standing_release(table.id, quarter)
        if release is None:
            continue
        cells = release.cells["rows"]
        found.append(
            {
                "table": table.id,
                "version": release.version,
                "title": both(table.title),
                "derivation": both(table.derivation),
                "scheme": table.scheme,
                "method": release.method,
                "quarter": release.quarter.isoformat(),
                "stands_from": release.cells["stands_from"],
                "rows": [{"label": both(row.label), **cells[row.id]} for row in table.rows if row.id in cells],
                "total": release.cells["total"],
                "response_rate": release.cells["response_rate"],
                "hash": release.rows_hash,
            }
        )
    return found


def both(text: Texts) -> dict[str, str]:
    return {"en": text.en, "cy": text.cy}
