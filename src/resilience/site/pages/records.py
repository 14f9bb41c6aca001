"""The organisation's records: a searchable list, a table to take away, one record and its check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resilience.people.models import Account
from resilience.people.permissions import May
from resilience.records import services, verification
from resilience.records.models import CLAIMS, Attempt, SessionRecord, Subject
from resilience.site import catalogue
from resilience.site.actors import Request, needs
from resilience.site.pages.sessions import summary
from resilience.site.tables import table_file

ROWS_ON_A_PAGE = 50
COLUMNS = (
    "record",
    "created_at",
    "trainee",
    "module",
    "version",
    "mode",
    "seed",
    "verdict",
    "critical",
    "major",
    "minor",
    "seconds",
    "session",
    "hash",
)


@require_safe
@needs(May.SEE_RECORDS)
def listed(request: Request) -> HttpResponse:
    found = chosen(request)
    page = Paginator(found.defer("log"), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    names = trainees(page.object_list)
    rows = [told(record, names) for record in page.object_list]
    return render(
        request,
        "records.html",
        {
            "here": "records",
            "rows": rows,
            "page": page,
            "search": request.GET.get("search", ""),
            "verdict": request.GET.get("verdict", ""),
            "module": request.GET.get("module", ""),
            "modules": catalogue.catalogue(),
            "verdicts": catalogue.VERDICTS,
            "query": request.GET.urlencode(),
            "to_countersign": services.to_countersign(request.actor) if request.actor.may(May.COUNTERSIGN) else [],
        },
    )


@require_safe
@needs(May.EXPORT_RECORDS)
def exported(request: Request) -> HttpResponse:
    """What the list shows, all of it, as CSV."""
    found = list(chosen(request).defer("log"))
    names = trainees(found)
    table = []
    for record in found:
        row = told(record, names)
        counted = row["counted"]
        cells = [record.seq, record.created_at, row["trainee"], record.module, record.version, record.mode, record.seed]
        cells += [row["verdict"], counted["critical"], counted["major"], counted["minor"], row["seconds"]]
        table.append([*cells, record.session, record.hash])
    return table_file("records", COLUMNS, table)


@require_safe
@needs(May.SEE_RECORDS)
def detail(request: Request, seq: int) -> HttpResponse:
    record = record_or_404(seq)
    return render(request, "record.html", page_of(request, record))


@require_POST
@needs(May.VERIFY_RECORDS)
def verified(request: Request, seq: int) -> HttpResponse:
    """Checks one record now: its own hashes, its links, its outcome against a replay of its log."""
    record = record_or_404(seq)
    checked = verification.verify_one(record)
    return render(request, "record.html", page_of(request, record) | {"checked": checked})


@require_POST
@needs(May.COUNTERSIGN)
def countersigned(request: Request, seq: int) -> HttpResponse:
    """Somebody else than the trainee confirms what the session was declared to be for."""
    record = record_or_404(seq)
    attempt = Attempt.objects.select_related("subject").filter(session=record.session).first()
    try:
        if attempt is None:
            raise services.CannotCountersignError
        services.countersign(attempt, request.actor, timezone.now())
    except services.CannotCountersignError:
        messages.error(request, _("There is no claim that you can countersign: it is done, or it is your own."))
    else:
        messages.success(request, _("The claim is countersigned."))
    return redirect("record", seq)


def page_of(request: Request, record: SessionRecord) -> dict[str, Any]:
    """A record with what was declared of its session, and whether the reader can countersign that."""
    attempt = Attempt.objects.select_related("subject", "countersigned_by").filter(session=record.session).first()
    own = attempt is not None and attempt.subject is not None and attempt.subject.account == request.actor.account
    waits = attempt is not None and attempt.purpose in CLAIMS and attempt.countersigned_at is None
    return {
        "here": "records",
        "row": told(record, trainees([record])),
        "checked": None,
        "attempt": attempt,
        "waits": waits,
        "may_countersign": waits and not own and request.actor.may(May.COUNTERSIGN),
    }


def record_or_404(seq: int) -> SessionRecord:
    record: SessionRecord | None = SessionRecord.objects.filter(seq=seq).first()
    if record is None:
        raise Http404
    return record


def chosen(request: Request) -> QuerySet[SessionRecord]:
    """The organisation's records that the search asks for, the last first."""
    found: QuerySet[SessionRecord] = SessionRecord.objects.all()
    search = request.GET.get("search", "").strip()
    if search:
        people = Account.objects.filter(Q(name__icontains=search) | Q(email__icontains=search))
        subjects = list(Subject.objects.filter(account__in=people).values_list("pk", flat=True))
        asked = Q(subject_ref__in=subjects) | Q(session__startswith=search) | Q(hash__startswith=search)
        if search.isdecimal() and len(search) < 19:
            asked |= Q(seq=int(search)) | Q(seed=int(search))
        found = found.filter(asked)
    if module := request.GET.get("module"):
        found = found.filter(module=module)
    if (verdict := request.GET.get("verdict")) in catalogue.VERDICTS:
        found = found.filter(outcome__contains=f'"verdict":"{verdict}"')
    return found


def trainees(records: Any) -> dict[Any, str]:
    """Names by subject; a person who was erased is not in it."""
    wanted = {record.subject_ref for record in records if record.subject_ref}
    subjects = Subject.objects.filter(pk__in=wanted).select_related("account")
    return {subject.pk: str(subject.account) for subject in subjects}


def told(record: SessionRecord, names: dict[Any, str]) -> dict[str, Any]:
    return summary(record) | {
        "title": catalogue.title_of(record.module),
        "mode": catalogue.MODE_NAMES.get(record.mode, record.mode),
        "trainee": names.get(record.subject_ref, ""),
        "erased": record.subject_ref is not None and record.subject_ref not in names,
    }
