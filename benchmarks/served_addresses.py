"""The product's addresses and the peer's: the least that can answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from resilience.site.urls import handler400, handler403, handler404, handler500
from resilience.site.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def trivial(request: HttpRequest) -> HttpResponse:
    """Answers what the door would, and looks at nothing."""
    return HttpResponse(b'{"answers": [{"answer": "in"}]}', content_type="application/json")


urlpatterns = [path("trivial", trivial), *product]
