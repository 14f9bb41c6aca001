"""The pack as a workbook: a sheet for each section, numbers as numbers. The same data gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from resilience.results import pack_words as words
from resilience.results.pack_words import Data

Value = str | float | int | Decimal | date | None

HEAD = PatternFill("solid", start_color="FFE8EEF0")
WIDEST = 70
POUNDS = "#,##0.00"
# The first moment that a zip archive can name; the real one stands inside, with the frozen data.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def workbook(data: Data, language: str, hashes: dict[str, str]) -> bytes:
    """The pack's workbook in the language that is switched on; `hashes` are those of the files made before it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    head = words.headings()
    cover(book, data, head, hashes)
    indicators(book, data, head, language)
    history(book, data, head, language)
    regions(book, data, head)
    money(book, data, head)
    progress(book, data, head)
    diversity(book, data, head, language)
    footprint(book, data, head, language)
    frozen = datetime.fromisoformat(data["frozen_at"]).replace(tzinfo=None)
    book.properties.creator = "Resilience"
    book.properties.title = f"{head['pack']}: {words.quarter_name(data)}"
    book.properties.created = frozen
    raw = io.BytesIO()
    book.save(raw)
    return settled(raw.getvalue(), frozen)


def cover(book: Workbook, data: Data, head: dict[str, str], hashes: dict[str, str]) -> None:
    programme = data["programme"]
    rows: list[list[Value]] = [
        [head["programme"], programme["title"]],
        [head["pack"], words.quarter_name(data)],
        [head["reference"], programme["code"]],
        [head["lead"], programme["lead"]],
        [head["funder"], programme["funder"]],
        [head["runs"], f"{words.day(programme['starts_on'])} – {words.day(programme['ends_on'])}"],
        [head["total"], Decimal(programme["total_gbp"])],
        [head["frozen"], words.moment(data["frozen_at"])],
    ]
    rows += [[f"{head['hash']}: {name}", value] for name, value in hashes.items()]
    if programme["invented"]:
        rows.append([head["invented"], None])
    sheet(book, head["pack"], None, rows)


def indicators(book: Workbook, data: Data, head: dict[str, str], language: str) -> None:
    columns = ["indicator", "code", "version", "figure", "unit", "numerator", "denominator", "response_rate"]
    columns += ["target", "due_on", "definition", "partners_covered", "rows_hash"]
    rows = []
    for one in data["indicators"]:
        due, wanted = one["target"] or (None, None)
        base = [one["value"], one["unit"], one["numerator"], one["denominator"], one["response_rate"]]
        goal = [wanted, None if due is None else date.fromisoformat(due)]
        about = [one["definition"][language], ", ".join(one["partners"]), one["rows_hash"]]
        rows.append([one["title"][language], one["code"], one["version"], *base, *goal, *about])
    sheet(book, head["indicators"], [head[name] for name in columns], rows)


def history(book: Workbook, data: Data, head: dict[str, str], language: str) -> None:
    rows = [
        [one["title"][language], date.fromisoformat(on), value]
        for one in data["indicators"]
        for on, value in one["history"]
    ]
    sheet(book, head["history"], [head["indicator"], head["up_to"], head["figure"]], rows)


def regions(book: Workbook, data: Data, head: dict[str, str]) -> None:
    trainees, students = data["regions"]["trainees"], data["regions"]["students"]
    codes = list({**trainees, **students})
    rows = [[words.region(code), trainees.get(code), students.get(code)] for code in codes]
    sheet(book, head["regions"], [head["region"], head["trainees"], head["students"]], rows)


def money(book: Workbook, data: Data, head: dict[str, str]) -> None:
    names = ("budget", "quarter_forecast", "quarter_actual", "forecast", "actual", "expected")
    rows: list[list[Value]] = [
        [row["partner"], *(Decimal(row[f"{name}_gbp"]) for name in names)] for row in data["money"]
    ]
    columns = [head["partner"], *(f"{head[name]}, GBP" for name in names)]
    sheet(book, head["spend"], columns, rows)
    by_category: list[list[Value]] = [
        [words.category(row["category"]), Decimal(row["forecast_gbp"]), Decimal(row["actual_gbp"])]
        for row in data["categories"]
    ]
    sheet(book, head["category"], [head["category"], f"{head['forecast']}, GBP", f"{head['actual']}, GBP"], by_category)


def progress(book: Workbook, data: Data, head: dict[str, str]) -> None:
    columns = [head[name] for name in ("code", "work_package", "led_by", "due_on", "stands", "done", "report")]
    rows = [
        [
            row["code"],
            row["title"],
            row["partner"],
            date.fromisoformat(row["due_on"]),
            words.standing(row),
            row["percent"],
            row["text"],
        ]
        for row in data["work_packages"]
    ]
    sheet(book, head["work_package"], columns, rows)
    told = [
        [
            row["title"],
            row["partner"],
            row["likelihood"],
            row["impact"],
            row["likelihood"] * row["impact"],
            row["mitigation"],
        ]
        for row in data["risks"]
    ]
    sheet(
        book,
        head["risks"],
        [
            head["risk"],
            head["partner"],
            f"{head['likelihood']}, 1–5",
            f"{head['impact']}, 1–5",
            head["weight"],
            head["mitigation"],
        ],
        told,
    )
    changed = [
        [row["title"], row["partner"], row["reason"], date.fromisoformat(row["asked_on"]), words.decision(row)]
        for row in data["changes"]
    ]
    named = [head[name] for name in ("change", "partner", "reason", "asked_on", "decision")]
    sheet(book, head["changes"], named, changed)


def diversity(book: Workbook, data: Data, head: dict[str, str], language: str) -> None:
    rows = [
        [
            table["title"][language],
            date.fromisoformat(table["quarter"]),
            row["label"][language],
            words.cell(row["count"]),
            row["percent"],
            table["method"],
            table["derivation"][language],
        ]
        for table in data["diversity"]
        for row in table["rows"]
    ]
    columns = [
        head["diversity"],
        head["released"],
        head["group"],
        head["people"],
        f"{head['share']}, %",
        head["method"],
        head["definition"],
    ]
    sheet(book, head["diversity"], columns, rows)


def footprint(book: Workbook, data: Data, head: dict[str, str], language: str) -> None:
    found = data["footprint"]
    if found is None:
        sheet(book, head["footprint"], None, [[head["no_footprint"]]])
        return
    rows = [
        [words.measure(one["id"]), one["median"], one["p5"], one["p95"], one["positive"]] for one in found["measures"]
    ]
    columns = [head["measure"], head["median"], "5 %", "95 %", head["positive"]]
    rows += [[text] for text in (*found["headlines"][language], *found["caveats"][language])]
    sheet(book, head["footprint"], columns, rows)


def sheet(book: Workbook, name: str, columns: Sequence[str] | None, rows: Iterable[Sequence[Value]]) -> None:
    """A sheet with a head that stays in sight, columns as wide as their texts."""
    made: Worksheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    if columns is not None:
        for place, text in enumerate(columns, 1):
            written(made.cell(1, place), text)
            made.cell(1, place).font = Font(bold=True)
            made.cell(1, place).fill = HEAD
        made.freeze_panes = "B2"
    start = 1 if columns is None else 2
    for number, row in enumerate(rows, start):
        for place, value in enumerate(row, 1):
            written(made.cell(number, place), value)
    for place, column in enumerate(made.iter_cols(), 1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=0)
        made.column_dimensions[get_column_letter(place)].width = min(WIDEST, max(10, longest + 2))


def written(cell: Cell | Any, value: Value) -> None:
    """Puts a value into a cell. A text stays a text, even one that begins like a formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=len(value) > WIDEST, vertical="top")
        return
    cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = POUNDS


def settled(raw: bytes, frozen: datetime) -> bytes:
    """The same archive with the moment of saving taken out of it: in its directory, and in the file's properties."""
    stamp = frozen.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = zipfile.ZipInfo(entry.filename, ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return made.getvalue()
