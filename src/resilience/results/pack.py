"""The quarter's pack: one frozen set of data, and the files made from it.

The data is taken once and never changed; PDF and workbook in both languages and JSON are made from it and from nothing
else, so that the same data gives the same bytes. The files are kept as they were made: a later release of the
typesetter may set a page otherwise, and the hash that was handed out must still fit.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from resilience.people import trail
from resilience.people.permissions import Actor
from resilience.results import pack_data, pack_pdf, pack_xlsx
from resilience.results.models import Pack, PackFile
from resilience.training.canonical import canonical, digest
from resilience.training.errors import BadInput

LANGUAGES = ("en", "cy")


@transaction.atomic
def freeze(quarter: date, actor: Actor, now: datetime, footprint: dict[str, Any] | None = None) -> Pack:
    """Takes the quarter's data and makes its files. A quarter is frozen once.

    footprint: the section that pack_footprint makes; None where no session was recorded. Raises BadInput, whose
    `where` says what is missing: "quarter" (not over), "pack" (frozen before), "grant", "figures" (none frozen).
    """
    if quarter >= timezone.localdate(now):
        raise BadInput("this quarter is not over", "quarter", "Freeze its pack afterwards.")
    if Pack.objects.filter(quarter=quarter).exists():
        raise BadInput("the pack of this quarter is frozen already", "pack", "Read it, or freeze the next one.")
    data = pack_data.gather(quarter, now, footprint)
    files = made(data)
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    pack = Pack.objects.create(
        quarter=quarter,
        data=data,
        data_hash=digest(data),
        file_hashes=hashes,
        frozen_by=str(actor.account.pk) if actor.account else "",
        frozen_at=now,
    )
    PackFile.objects.bulk_create(PackFile(pack=pack, name=name, content=content) for name, content in files.items())
    trail.add(actor, "froze pack", f"pack:{quarter}", new=pack.data_hash, at=now)
    return pack


def made(data: dict[str, Any]) -> dict[str, bytes]:
    """Name -> bytes of every file: pack.json, pack.LANGUAGE.xlsx, pack.LANGUAGE.pdf. The same data, the same bytes.

    The workbook names the hash of the JSON, the PDF those of the JSON and of its workbook: no file can name its own.
    """
    files = {"pack.json": canonical(data)}
    for language in LANGUAGES:
        with translation.override(language):
            workbook = pack_xlsx.workbook(data, language, hashes_of(files, "pack.json"))
            files[f"pack.{language}.xlsx"] = workbook
            named = hashes_of(files, "pack.json", f"pack.{language}.xlsx")
            files[f"pack.{language}.pdf"] = pack_pdf.document(data, language, named)
    return files


def hashes_of(files: dict[str, bytes], *names: str) -> dict[str, str]:
    return {name: hashlib.sha256(files[name]).hexdigest() for name in names}


def file_of(pack: Pack, name: str) -> bytes | None:
    """A file as it was frozen; None for a name that no pack has. Raises BadInput where its bytes were tampered with."""
    found = PackFile.objects.filter(pack=pack, name=name).first()
    if found is None:
        return None
    content = bytes(found.content)
    if hashlib.sha256(content).hexdigest() != pack.file_hashes.get(name):
        raise BadInput("the file is not the one that was frozen", name, "Take it from a backup.")
    return content
