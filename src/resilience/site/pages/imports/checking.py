"""A file before it is imported: what its columns mean, what would become of each row; then the import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from resilience.people.permissions import May
from resilience.programme.imports import commit, mapping
from resilience.programme.imports.errors import ImportRefusedError
from resilience.programme.imports.grid import is_blank, text_of
from resilience.programme.imports.loaded import Loaded, load
from resilience.programme.imports.options import Options
from resilience.programme.imports.plan import Plan
from resilience.programme.imports.reasons import Merged, Refusal, Refused
from resilience.programme.models import Activity, ImportBatch
from resilience.site.actors import Request, needs
from resilience.site.pages.imports import kept
from resilience.site.pages.imports.forms import chosen_columns, options_form
from resilience.site.tables import table_file, write_table

ROWS_ON_A_PAGE = 50
EXAMPLES = 3


@dataclass
class Opened:
    """An upload with its activity."""

    upload: kept.Upload
    activity: Activity


def found(request: Request, token: str) -> kept.Upload | None:
    """The upload, if it is the actor's own."""
    organisation, account = request.actor.organisation, request.actor.account
    assert organisation is not None
    assert account is not None
    return kept.find(token, str(organisation.pk), account.pk)


def opened(request: Request, token: str) -> Opened:
    upload = found(request, token)
    if upload is None:
        raise Http404
    activity = Activity.objects.select_related("organisation").filter(code=upload.activity).first()
    if activity is None:
        raise Http404
    return Opened(upload, activity)


def read(file: Opened) -> Loaded:
    """The file's rows; what its columns mean is proposed where nobody chose it yet. Raises ImportRefusedError."""
    loaded = load(file.upload.path, file.upload.name)
    if not file.upload.columns:
        file.upload.columns = mapping.propose(loaded.header, file.upload.what, file.activity.organisation)
        file.upload.save()
    return loaded


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.RUN_ACTIVITIES)
def checked(request: Request, upload_token: str) -> HttpResponse:
    """The dry run; by POST with other columns, by POST with `do=import` the import, with `do=drop` neither."""
    file = opened(request, upload_token)
    if request.method == "POST" and request.POST.get("do") == "drop":
        file.upload.drop()
        messages.success(request, _("The file was thrown away. Nothing of it was kept."))
        return redirect("imports")
    try:
        loaded = read(file)
    except ImportRefusedError as error:
        file.upload.drop()
        return render(request, "imports/unreadable.html", about_page() | {"error": error, "file": file}, status=422)
    form = options_form(file.upload.what, file.activity, request.POST or None, file.upload.chosen)
    if request.method == "POST" and form.is_valid():
        return decided(request, file, loaded, Options().as_dict() | form.cleaned_data)
    return page(request, file, loaded, form)


def decided(request: Request, file: Opened, loaded: Loaded, options: dict[str, Any]) -> HttpResponse:
    """Keeps what was chosen. Imports where asked to, unless the choices differ from those the dry run was shown for."""
    upload = file.upload
    columns = chosen_columns(request.POST, len(loaded.header.titles), upload.what)
    is_shown = (columns, options) == (upload.columns, upload.options)
    if is_shown and request.POST.get("do") == "import":
        return imported(request, file, loaded)
    upload.columns, upload.options = columns, options
    upload.save()
    if request.POST.get("do") == "import":
        messages.warning(request, _("You changed something: look at what would become of the rows now, then import."))
    return redirect("import-check", upload.token)


def imported(request: Request, file: Opened, loaded: Loaded) -> HttpResponse:
    upload = file.upload
    try:
        with upload.working() as tell:
            batch, plan = commit.commit(
                loaded, file.activity, upload.what, upload.columns, upload.chosen, request.actor, timezone.now(), tell
            )
    except ImportRefusedError as error:
        messages.error(request, str(error))
        return redirect("import-check", upload.token)
    if batch is None:
        messages.error(request, _("Not one row could be used, and nothing was imported."))
        return redirect("import-check", upload.token)
    if plan.refused:
        with kept.write_refused(batch.pk) as table:
            write_table(table, *refused_rows(loaded, plan.refused))
    upload.drop()
    messages.success(request, _("The file was imported."))
    return redirect("import", batch.pk)


@never_cache
@require_safe
@needs(May.RUN_ACTIVITIES)
def progress(request: Request, upload_token: str) -> JsonResponse:
    """How far the work on a file is, for the page that waits for it; null as long as nothing is known of it."""
    upload = found(request, upload_token)
    return JsonResponse({"share": upload.share if upload else None})


@require_safe
@needs(May.RUN_ACTIVITIES)
def refused(request: Request, upload_token: str) -> HttpResponse:
    """The refused rows as they stand in the file, with their reasons, to be corrected and brought in again."""
    file = opened(request, upload_token)
    try:
        loaded = read(file)
        plan = dry_run(file, loaded)
    except ImportRefusedError as error:
        raise Http404 from error
    return table_file("refused", *refused_rows(loaded, plan.refused))


def refused_rows(loaded: Loaded, refusals: list[Refusal]) -> tuple[list[str], list[list[object]]]:
    """Headings and rows of the table of refused rows: the file's own columns, then where and why."""
    cells = {line.number: line.cells for line in loaded.lines}
    headings = [*loaded.header.titles, _("Row in the file"), _("Refused for column"), _("Reason of refusal")]
    rows: list[list[object]] = [
        [*map(text_of, cells[one.row]), one.row, one.column, str(one.reason.label)] for one in refusals
    ]
    return headings, rows


def page(request: Request, file: Opened, loaded: Loaded, form: Any) -> HttpResponse:
    problem: ImportRefusedError | None = None
    plan: Plan | None = None
    try:
        plan = dry_run(file, loaded)
    except ImportRefusedError as error:
        problem = error
    refusals = Paginator(plan.refused if plan else [], ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    imported_before = ImportBatch.objects.filter(activity=file.activity, sha256=loaded.sha256, undone_at=None).first()
    return render(
        request,
        "imports/check.html",
        about_page()
        | {
            "file": file,
            "loaded": loaded,
            "plan": plan,
            "problem": problem,
            "before": imported_before,
            "page": refusals,
            "merged": plan.merged[:ROWS_ON_A_PAGE] if plan else [],
            "form": form,
            "columns": columns(file, loaded),
            "choices": mapping.choices(file.upload.what),
            "what": mapping.What(file.upload.what).label,
            "source": SOURCES[loaded.header.source.value](),
        },
        status=200 if problem is None else 422,
    )


SOURCES: dict[str, Callable[[], str]] = {
    "eventbrite": lambda: "Eventbrite",
    "microsoft-forms": lambda: "Microsoft Forms",
    "plain": lambda: _("A table of your own"),
}


def columns(file: Opened, loaded: Loaded) -> list[dict[str, Any]]:
    """Each column with its heading, what it means, and the first of what stands in it."""
    told = []
    for index, title in enumerate(loaded.header.titles):
        said = [text_of(line.cells[index]) for line in loaded.lines[:50] if not is_blank(line.cells[index])]
        if title or said:
            examples = [text[:40] for text in dict.fromkeys(said)][:EXAMPLES]
            told.append({"index": index, "title": title, "field": file.upload.columns[index], "examples": examples})
    return told


def dry_run(file: Opened, loaded: Loaded) -> Plan:
    """The dry run as it was last made for the same columns and options; a new one where there is none."""
    upload = file.upload
    asked = json.dumps([upload.columns, upload.options, get_language()])
    stamp = hashlib.sha256(asked.encode()).hexdigest()
    path = upload.folder / "plan.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = {}
    if told.get("stamp") == stamp:
        return from_json(told["plan"])
    with upload.working() as tell:
        # Reading each row is a third of an import, and nearly all of a dry run.
        plan = commit.dry_run(
            loaded,
            file.activity,
            upload.what,
            upload.columns,
            upload.chosen,
            lambda done, total: tell(3 * done, total),
        )
    path.write_text(json.dumps({"stamp": stamp, "plan": as_json(plan)}), encoding="utf-8")
    return plan


def as_json(plan: Plan) -> dict[str, Any]:
    return {
        "what": plan.what,
        "source": plan.source,
        "rows": plan.rows,
        "imported": plan.imported,
        "merged": [[row, why.value] for row, why in plan.merged],
        "refused": [[one.row, one.column, one.reason.value] for one in plan.refused],
        "notes": plan.notes,
    }


def from_json(told: dict[str, Any]) -> Plan:
    merged = [(row, Merged(why)) for row, why in told["merged"]]
    refusals = [Refusal(row, column, Refused(why)) for row, column, why in told["refused"]]
    return Plan(told["what"], told["source"], told["rows"], told["imported"], merged, refusals, told["notes"])


def about_page() -> dict[str, Any]:
    return {"here": "programme", "area": "imports"}
