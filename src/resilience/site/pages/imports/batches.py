"""An import that was made: what became of its rows, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.people.models import Account
from resilience.people.permissions import May
from resilience.programme.imports import undo
from resilience.programme.imports.reasons import Merged, Refused
from resilience.programme.models import ImportBatch, ImportRow, RowFate
from resilience.site.actors import Request, needs
from resilience.site.pages.imports import kept
from resilience.site.pages.imports.checking import ROWS_ON_A_PAGE, SOURCES, about_page


def found(batch: UUID) -> ImportBatch:
    one = ImportBatch.objects.select_related("activity").filter(pk=batch).first()
    if one is None:
        raise Http404
    return one


@require_safe
@needs(May.RUN_ACTIVITIES)
def detail(request: Request, batch: UUID) -> HttpResponse:
    one = found(batch)
    fates = ImportRow.objects.filter(batch=one).exclude(fate=RowFate.IMPORTED)
    page = Paginator(fates, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    words = {why.value: str(why.label) for why in (*Refused, *Merged)}
    rows = [{"row": row, "reason": words.get(row.reason, row.reason)} for row in page.object_list]
    account = Account.objects.filter(pk=one.actor_ref).first() if one.actor_ref else None
    return render(
        request,
        "imports/batch.html",
        about_page()
        | {
            "batch": one,
            "page": page,
            "rows": rows,
            "actor": account,
            "source": SOURCES[one.source](),
            "table": kept.refused_table(one.pk).exists(),
            "hindrance": undo.hindrance(one),
        },
    )


@require_safe
@needs(May.RUN_ACTIVITIES)
def refused(request: Request, batch: UUID) -> HttpResponse:
    """The refused rows, for a day after the import."""
    try:
        table = kept.refused_table(found(batch).pk).read_bytes()
    except OSError as error:
        raise Http404 from error
    headers = {"Content-Disposition": 'attachment; filename="refused.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@needs(May.RUN_ACTIVITIES)
def undone(request: Request, batch: UUID) -> HttpResponse:
    one = found(batch)
    try:
        undo.undo(one, request.actor, timezone.now())
    except undo.CannotUndoError as error:
        messages.error(request, _("It cannot be taken back: %(reason)s") % {"reason": error})
        return redirect("import", one.pk)
    kept.refused_table(one.pk).unlink(missing_ok=True)
    messages.success(request, _("The import was taken back. The same file can be imported again."))
    return redirect("imports")
