"""The list of imports, and the form that takes a file."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from resilience.people.permissions import May
from resilience.programme.models import ImportBatch
from resilience.site.actors import Request, needs
from resilience.site.pages.imports import kept
from resilience.site.pages.imports.forms import UploadForm
from resilience.site.uploads import LimitedUpload, declares_too_much

BATCHES_ON_A_PAGE = 25


@require_safe
@needs(May.RUN_ACTIVITIES)
def listed(request: Request) -> HttpResponse:
    return _page(request, UploadForm(initial={"activity": request.GET.get("activity", "").upper()}))


# The file must not be read before its limit is set: the token is asked for within.
@csrf_exempt
@require_POST
@needs(May.RUN_ACTIVITIES)
def uploaded(request: Request) -> HttpResponse:
    """Takes a file and goes on to its dry run. One that is too large is refused before it is read."""
    if declares_too_much(request):
        return _too_large(request)
    limit = LimitedUpload(request)
    request.upload_handlers = [limit]
    return _taken(request, limit)


@csrf_protect
def _taken(request: Request, limit: LimitedUpload) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if limit.too_large:
        return _too_large(request)
    if not form.is_valid():
        return _page(request, form, 422)
    organisation, account = request.actor.organisation, request.actor.account
    assert organisation is not None
    assert account is not None
    upload = kept.keep(
        form.cleaned_data["file"],
        str(organisation.pk),
        account.pk,
        form.cleaned_data["activity"],
        form.cleaned_data["what"],
        timezone.now(),
        request.POST.get("token", ""),
    )
    return redirect("import-check", upload.token)


def _too_large(request: Request) -> HttpResponse:
    problem = _("This file is larger than 25 MB. Delete sheets and columns that are not needed, or split it.")
    return _page(request, UploadForm(), 413, problem)


def _page(request: Request, form: forms.Form, status: int = 200, problem: str = "") -> HttpResponse:
    batches = ImportBatch.objects.select_related("activity")
    page = Paginator(batches, BATCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "imports/list.html",
        {
            "here": "programme",
            "area": "imports",
            "form": form,
            "page": page,
            "problem": problem,
            "token": kept.new_token(),
        },
        status=status,
    )
