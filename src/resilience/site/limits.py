"""How often one address may ask, counted per minute in the cache."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from resilience.site.pages.errors import too_many

Handler = Callable[[HttpRequest], HttpResponse]
WINDOW_S = 60


def rate_limits(get_response: Handler) -> Handler:
    """Answers 429, with the seconds to wait, once an address has used up the minute's share of a rule."""

    def answer(request: HttpRequest) -> HttpResponse:
        wait = seconds_to_wait(request)
        return get_response(request) if wait is None else too_many(request, wait)

    return answer


def seconds_to_wait(request: HttpRequest, now: float | None = None) -> int | None:
    """None where the request may go on; it is counted."""
    rule = next(
        (r for r in settings.RATE_LIMITS if request.method == r[0] and request.path.startswith(r[1])),
        None,
    )
    if rule is None:
        return None
    method, path, allowed = rule
    seconds = time.time() if now is None else now
    window = int(seconds // WINDOW_S)
    key = f"rate:{method}:{path}:{request.META.get('REMOTE_ADDR', '')}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW_S)
    try:
        used = cache.incr(key)
    except ValueError:
        # The cache dropped the counter between the two calls: begin again.
        return None
    if used <= allowed:
        return None
    return max(1, int((window + 1) * WINDOW_S - seconds))
