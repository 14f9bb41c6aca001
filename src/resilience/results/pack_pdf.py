"""The pack as a PDF: texts and numbers are prepared here, `pack.typ` sets them. The same data gives the same bytes."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from resilience.footprint import rounded
from resilience.people.models import Region
from resilience.results import charts_kinds, charts_map, pack_words
from resilience.results.charts import FONTS, Spec, picture
from resilience.results.charts_kinds import Forecast, Money, Point
from resilience.results.pack_words import Data

TEMPLATE = Path(__file__).with_name("pack.typ")


def document(data: Data, language: str, hashes: dict[str, str]) -> bytes:
    """The PDF (accessible by PDF/UA-1) in the language that is switched on; `hashes` are of the files made before."""
    frozen = datetime.fromisoformat(data["frozen_at"])
    told = {
        "language": language,
        "day": [frozen.year, frozen.month, frozen.day],
        "head": pack_words.headings(),
        "quarter": pack_words.quarter_name(data),
        "programme": programme(data),
        "partners": ", ".join(covered(data)),
        "headlines": [indicator(one, language, covered(data)) for one in data["indicators"] if one["headline"]],
        "others": [indicator(one, language, covered(data)) for one in data["indicators"] if not one["headline"]],
        "charts": charts(data),
        "packages": packages(data),
        "money": money(data),
        "categories": categories(data),
        "missing": any(row["missing"] for row in data["money"]),
        "risks": risks(data),
        "changes": changes(data),
        "diversity": [diversity(table, language) for table in data["diversity"]],
        "footprint": footprint(data, language),
        "hashes": list(hashes.items()),
    }
    source: Any = TEMPLATE.read_bytes()
    made: bytes = typst.compile(
        source,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps(told)},
        pdf_standards=["ua-1"],
        timestamp=int(frozen.timestamp()),
    )
    return made


def programme(data: Data) -> Data:
    about = data["programme"]
    return {
        "title": about["title"],
        "invented": about["invented"],
        "facts": [
            [_("The funder’s reference"), about["code"]],
            [_("Funder"), about["funder"]],
            [_("Lead organisation"), about["lead"]],
            [_("Runs"), f"{pack_words.day(about['starts_on'])} – {pack_words.day(about['ends_on'])}"],
            [_("Total, GBP"), pack_words.gbp(about["total_gbp"])],
            [_("Frozen"), pack_words.moment(data["frozen_at"])],
        ],
    }


def covered(data: Data) -> list[str]:
    """The partners that any figure covers."""
    return sorted({name for one in data["indicators"] for name in one["partners"]})


def indicator(one: Data, language: str, everybody: list[str]) -> Data:
    """An indicator as it is printed; its partners only where they are not all."""
    return {
        "title": one["title"][language],
        "figure": pack_words.figure(one, one["value"]),
        "definition": one["definition"][language],
        "version": f"{one['code']} {one['version']}",
        "base": pack_words.base(one),
        "rate": pack_words.share(one["response_rate"]),
        "goal": pack_words.goal(one),
        "partners": "" if sorted(one["partners"]) == everybody else ", ".join(one["partners"]),
        "hash": one["rows_hash"],
    }


def charts(data: Data) -> dict[str, Data]:
    """Name -> SVG and its text alternative; what cannot be drawn is left out."""
    found: dict[str, Data] = {}
    trainees = next((one for one in data["indicators"] if one["code"] == "trainees"), None)
    if trainees is not None and (made := trend(trainees)) is not None:
        found["trend"] = made
    students = {code: value for code, value in data["regions"]["students"].items() if value is not None}
    if students:
        names = {region.value: str(region.label) for region in Region}
        numbers = ", ".join(f"{names[code]} {pack_words.number(value)}" for code, value in students.items())
        told = _("Map of the twelve regions: %(title)s, %(numbers)s; none elsewhere.") % {
            "title": _("Students"),
            "numbers": numbers,
        }
        found["map"] = drawn(charts_map.tiles(students, names, _("none")), told)
    if data["money"]:
        rows = [
            Money(row["partner"], *(float(row[f"{name}_gbp"]) for name in ("budget", "actual", "forecast")))
            for row in data["money"]
        ]
        words = {
            "spent": _("spent"),
            "forecast": _("forecast"),
            "axis": _("thousand GBP"),
            "of": _("%(spent)s of %(budget)s"),
        }
        numbers = "; ".join(
            _("%(partner)s %(spent)s of %(budget)s")
            % {
                "partner": row["partner"],
                "spent": pack_words.gbp(row["actual_gbp"]),
                "budget": pack_words.gbp(row["budget_gbp"]),
            }
            for row in data["money"]
        )
        told = _("Bar chart of money spent against budget, in GBP: %(numbers)s.") % {"numbers": numbers}
        found["money"] = drawn(charts_kinds.money(rows, words), told)
    return found


def trend(one: Data) -> Data | None:
    """An indicator over the quarters with its target and outlook; None with fewer than two quarters."""
    points = [Point(day, pack_words.month(day), value) for day, value in one["history"] if value is not None]
    if len(points) < 2:
        return None
    target, ahead = one["target"], one["outlook"]
    goal = Point(target[0], pack_words.month(target[0]), target[1]) if target and target[0] > points[-1].day else None
    forecast = None
    if ahead is not None:
        numbers = (float(pack_words.half_up(ahead[name])) for name in ("value", "low", "high"))
        forecast = Forecast(ahead["on"], pack_words.month(ahead["on"]), *numbers)
    words = {"target": _("target"), "forecast": _("at this pace")}
    listed = ", ".join(f"{point.label} {pack_words.number(point.value)}" for point in points)
    told = _("Line chart: %(title)s by quarter, %(numbers)s.") % {"title": _("Trainees"), "numbers": listed}
    return drawn(charts_kinds.trend(points, _("people"), words, goal, forecast), told)


def drawn(spec: Spec, told: str) -> Data:
    return {"svg": picture(spec, "light", standalone=False), "alt": told}


def packages(data: Data) -> list[list[str]]:
    return [
        [
            f"{row['code']} {row['title']}",
            row["partner"],
            pack_words.short_day(row["due_on"]),
            pack_words.standing(row),
            "" if row["percent"] is None else f"{row['percent']} %",
            row["text"],
        ]
        for row in data["work_packages"]
    ]


def money(data: Data) -> list[list[str]]:
    """A row for each partner and one for all, in whole pounds."""
    names = ("budget", "quarter_forecast", "quarter_actual", "forecast", "actual", "expected")
    amounts = [[Decimal(row[f"{name}_gbp"]) for name in names] for row in data["money"]]
    rows = [[row["partner"], *map(pounds, found)] for row, found in zip(data["money"], amounts, strict=True)]
    if len(rows) > 1:
        rows.append([_("All partners"), *(pounds(sum(column, Decimal(0))) for column in zip(*amounts, strict=True))])
    return rows


def categories(data: Data) -> list[list[str]]:
    return [
        [pack_words.category(row["category"]), pack_words.gbp(row["forecast_gbp"]), pack_words.gbp(row["actual_gbp"])]
        for row in data["categories"]
        if Decimal(row["forecast_gbp"]) or Decimal(row["actual_gbp"])
    ]


def risks(data: Data) -> list[list[str]]:
    return [
        [
            row["title"],
            row["partner"],
            f"{row['likelihood']} × {row['impact']} = {row['likelihood'] * row['impact']}",
            row["mitigation"],
        ]
        for row in data["risks"]
    ]


def changes(data: Data) -> list[list[str]]:
    return [
        [row["title"], row["partner"], row["reason"], pack_words.short_day(row["asked_on"]), pack_words.decision(row)]
        for row in data["changes"]
    ]


def diversity(table: Data, language: str) -> Data:
    told = _("Released for the quarter that ended on %(day)s.") % {"day": pack_words.day(table["quarter"])}
    if table["stands_from"]:
        told += " " + _("The numbers are those of the quarter that ended on %(day)s: newer ones are held back.") % {
            "day": pack_words.day(table["stands_from"])
        }
    return {
        "title": table["title"][language],
        "derivation": table["derivation"][language],
        "told": told,
        "rows": [
            [
                row["label"][language],
                pack_words.cell(row["count"]),
                "–" if row["percent"] is None else f"{pack_words.number(row['percent'], 1)} %",
            ]
            for row in table["rows"]
        ],
        "answered": f"{pack_words.cell(table['total'])} ({pack_words.share(table['response_rate'])})",
    }


def footprint(data: Data, language: str) -> Data | None:
    found = data["footprint"]
    if found is None:
        return None
    return {
        "sessions": pack_words.sessions(found),
        "headlines": found["headlines"][language],
        "caveats": found["caveats"][language],
        "rows": [
            [
                pack_words.measure(row["id"]),
                rounded(row["median"]),
                f"{rounded(row['p5'])} – {rounded(row['p95'])}",
                pack_words.share(row["positive"]),
            ]
            for row in found["measures"]
        ],
    }


def pounds(amount: Any) -> str:
    return pack_words.number(float(amount))
