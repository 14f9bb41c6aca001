"""How long 100,000 rows take: an attendee report of Eventbrite, as CSV and as XLSX, from the file to the commit.

The file is made from a seed: nine rows of ten name somebody new, the others somebody seen before; shared addresses,
refunds, wrong addresses, 400 employers in two spellings each. The peers read the same files with the libraries beneath
and do nothing else. Beside the seconds stand those of the processor: on a machine busy with other work only they tell.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import machine

ROWS = 100_000
TARGET_SECONDS = 60
HEADINGS = [
    "Order #", "Order Date", "First Name", "Surname", "Email", "Quantity", "Price Tier", "Ticket Type", "Attendee #",
    "Group", "Order Type", "Currency", "Total Paid", "Fees Paid", "Eventbrite Fees", "Eventbrite Payment Processing",
    "Attendee Status", "Company", "Job Title", "Postcode",
]  # fmt: skip
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def run() -> dict[str, Any]:
    """Both kinds of file, each into an activity of its own, and the peers."""
    about = machine.describe()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RESILIENCE_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        from resilience.site import serve

        serve.set_up()
        serve.migrate()
        rows = attendees(ROWS)
        files = [as_csv(Path(folder) / "attendees.csv", rows), as_xlsx(Path(folder) / "attendees.xlsx", rows)]
        measured = {file.suffix[1:]: imported(file) for file in files}
    slowest = max(one["seconds"] for one in measured.values())
    return {
        "benchmark": "imports",
        "machine": about,
        "versions": {name: version(name) for name in ("python-calamine", "charset-normalizer", "django")},
        "database": "SQLite, in a folder of its own",
        "rows": ROWS,
        "target_seconds": TARGET_SECONDS,
        "seconds": slowest,
        "met": slowest <= TARGET_SECONDS,
        **measured,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def attendees(count: int) -> list[list[str]]:
    """Rows as Eventbrite writes them."""
    draw = random.Random(20260601)
    rows = []
    for number in range(count):
        who = number if draw.random() < 0.9 else draw.randrange(number + 1)
        employer = f"Works {draw.randrange(400)}{draw.choice((' Ltd', ' Limited'))}"
        status = draw.choices(("Checked In", "Attending", "Refunded", "Not Attending"), (80, 15, 3, 2))[0]
        address = f"person.{who}@example.org" if draw.random() > 0.005 else "not an address"
        if draw.random() < 0.02:
            address = f"office.{who % 500}@example.org"
        order = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)).strftime("%Y-%m-%d %H:%M:%S")
        rows.append(
            [str(number), order, f"Name{who % 977}", f"Family{who}", address, "1", "", "General", str(number), "",
             "Free", "GBP", "0.00", "0.00", "0.00", "0.00", status, employer, "Operator", f"B{who % 40} 1AA"]
        )  # fmt: skip
    return rows


def as_csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADINGS, *rows])
    return path


def as_xlsx(path: Path, rows: list[list[str]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Attendees")
    for row in [HEADINGS, *rows]:
        sheet.append(row)
    book.save(path)
    return path


def imported(file: Path) -> dict[str, Any]:
    """Seconds of a dry run and of an import, and of the peer for the same file."""
    from resilience.people.models import Organisation
    from resilience.people.permissions import Actor
    from resilience.people.scopes import within
    from resilience.programme import activities
    from resilience.programme.imports import commit, mapping
    from resilience.programme.imports.loaded import load
    from resilience.programme.imports.options import Options

    organisation = Organisation.objects.create(name=f"Partner of {file.name}")
    actor = Actor(organisation=organisation)
    sitting = activities.Sitting(NOW, NOW + timedelta(hours=6))
    with within(organisation):
        activity = activities.create(
            organisation, actor, kind="training", format="online", title="Benchmark", status="open", sittings=[sitting]
        )
        began = time.perf_counter()
        loaded = load(file, file.name)
        read = time.perf_counter() - began
        fields = mapping.propose(loaded.header, "attendance", organisation)
        plan = commit.dry_run(loaded, activity, "attendance", fields, Options())
        dry = time.perf_counter() - began
        began, worked = time.perf_counter(), time.process_time()
        batch, done = commit.commit(
            load(file, file.name), activity, "attendance", fields, Options(), actor, NOW + timedelta(days=1)
        )
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    ended = len(done.imported) + len(done.merged) + len(done.refused)
    if batch is None or ended != ROWS or len(plan.imported) != len(done.imported):
        raise RuntimeError(f"{file.name}: {ended} of {ROWS} rows are accounted for")
    return {
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "imported": batch.imported,
        "merged": batch.merged,
        "refused": batch.refused,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "of_these_reading": round(read, 2),
        "rows_a_second": round(ROWS / seconds),
        "dry_run_seconds": round(dry, 2),
        "peer": "csv.reader" if file.suffix == ".csv" else "calamine to_python",
        "peer_reading_seconds": round(peer(file), 2),
    }


def peer(file: Path) -> float:
    """Seconds of reading all cells of the file, and of nothing else."""
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    if file.suffix == ".csv":
        with file.open(newline="", encoding="utf-8") as text:
            count = sum(1 for _row in csv.reader(text))
    else:
        count = len(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    seconds = time.perf_counter() - began
    if count != ROWS + 1:
        raise RuntimeError(f"{file.name}: the peer read {count} rows")
    return seconds


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
