"""What this can and cannot show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    return render(request, "about_model.html", {"here": "about"})
