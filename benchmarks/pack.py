"""How long the quarterly pack takes: its PDF, and the whole pack with its five files, of the invented programme.

"First" is in a process that has drawn no chart yet; "again" is what a server does that has. The peer is the same
typesetter compiling an empty page in the same run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any

import typst

from benchmarks import machine
from benchmarks.stores import in_a_process

TARGET_SECONDS = 5
REPEATS = 5


def run() -> dict[str, Any]:
    """In a process of its own, on a data folder of its own."""
    about = machine.describe()
    with tempfile.TemporaryDirectory() as folder:
        found = in_a_process("pack", folder)
    return {"benchmark": "pack", "machine": about, "target_seconds": TARGET_SECONDS, **found}


def here() -> dict[str, Any]:
    """Makes the invented programme, freezes its last quarter, then makes the files again."""
    from resilience.site import serve

    serve.prepare()
    from django.utils import translation

    from resilience.people.permissions import NOBODY
    from resilience.results import pack, pack_footprint, pack_pdf
    from resilience.results.demonstration_practice import Company
    from resilience.site import demo

    with Company() as company:
        quarter = demo.make_programme(demo.make_people(quiet), company, quiet)
    now = datetime.combine(quarter + timedelta(days=9), clock(12), UTC)
    # The first call starts the chart drawer: what a lead waits for who freezes a pack right after the server started.
    whole_first, frozen = timed(lambda: pack.freeze(quarter, NOBODY, now, pack_footprint.section(quarter)))
    with translation.override("en"):
        pdf = min(
            timed(lambda: pack_pdf.document(frozen.data, "en", frozen.file_hashes))[0] for _each in range(REPEATS)
        )
        pdf_first = pdf_in_a_new_process(frozen.data)
    return {
        "pages_of": "the invented programme, five partners",
        "pdf_bytes": len(pack.file_of(frozen, "pack.en.pdf") or b""),
        "pdf_first_seconds": round(pdf_first, 3),
        "pdf_again_seconds": round(pdf, 3),
        "whole_pack_first_seconds": round(whole_first, 3),
        "whole_pack_again_seconds": round(timed(lambda: pack.made(frozen.data))[0], 3),
        "peer_empty_page_seconds": round(min(timed(empty_page)[0] for _each in range(REPEATS)), 4),
    }


def pdf_in_a_new_process(data: dict[str, Any]) -> float:
    """Seconds that the PDF takes where nothing was drawn before; starting Python is not in it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pack", "--pdf"],
        check=True,
        stdout=subprocess.PIPE,
        input=json.dumps(data).encode(),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "resilience.site.settings"},
    )
    return float(done.stdout)


def one_pdf() -> None:
    import django
    from django.utils import translation

    django.setup()
    from resilience.results import pack_pdf

    data = json.load(sys.stdin)
    with translation.override("en"):
        print(timed(lambda: pack_pdf.document(data, "en", {}))[0])


def empty_page() -> bytes:
    made: bytes = typst.compile(b"", ignore_system_fonts=True)
    return made


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def quiet(_line: str) -> None:
    """The demonstration's lines are not part of the report."""


if __name__ == "__main__":
    if "--pdf" in sys.argv:
        one_pdf()
    else:
        print(json.dumps(here() if "--here" in sys.argv else run(), indent=2))
