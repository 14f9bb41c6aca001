"""Scans on their way in, beside Django's pages: what arrives together is admitted and written together.

Through the pages every scan costs a thread, a connection to the database and a commit of its own. Here one thread with
one connection takes all that wait, has Django's own functions say who sent them, and writes them at once. Nothing is
refused here: what is not admitted without a question (nobody is signed in, the role or the token is wrong, the body
cannot be read) goes on to the page at the same address, which asks again, answers, and tells the trail.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from resilience.people.models import Organisation
from resilience.people.permissions import May
from resilience.programme import door_rows
from resilience.programme.door_rows import Noted
from resilience.site import limits
from resilience.site.known import Known
from resilience.site.live import Receive, Scope, Send
from resilience.site.pages.activities import door
from resilience.site.security import policy_headers

log = logging.getLogger(__name__)

MOST_TOGETHER = 50
ADDRESS = re.compile(r"/door/(\d{1,18})/scans")
Message = MutableMapping[str, Any]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True)
class Sent:
    """A request to a meeting's door, with its whole body."""

    scope: Scope
    body: bytes


class Scans:
    """The ASGI application at `/door/<meeting>/scans`. `pages` is the one that answers everything else."""

    def __init__(self, pages: Application) -> None:
        self._pages = pages
        self._thread = ThreadPoolExecutor(1, "scans")
        self._waiting: list[tuple[Sent, asyncio.Future[HttpResponse | None]]] = []
        self._known = Known()
        self._writing: asyncio.Task[None] | None = None

    @staticmethod
    def takes(scope: Scope) -> bool:
        """Whether a connection is for this application."""
        return scope["type"] == "http" and scope["method"] == "POST" and bool(ADDRESS.fullmatch(scope["path"]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has the pages answer it."""
        messages, body = await _read(receive)
        answer = None if body is None else await self._answer(Sent(scope, body))
        if answer is None:
            await self._pages(scope, _again(messages, receive), send)
            return
        headers = [(name.encode(), value.encode()) for name, value in answer.items()]
        await send({"type": "http.response.start", "status": answer.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": answer.content})

    def stop(self) -> None:
        """Ends the thread and its connection, once what it writes is written."""
        self._thread.submit(connections.close_all)
        self._thread.shutdown()

    async def _answer(self, sent: Sent) -> HttpResponse | None:
        answer: asyncio.Future[HttpResponse | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((sent, answer))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return await answer

    async def _write(self) -> None:
        """Takes all that wait, for as long as somebody does."""
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            for (_, waiting), answer in zip(together, await self._answers([sent for sent, _ in together]), strict=True):
                if not waiting.done():  # who hung up waits no longer
                    waiting.set_result(answer)
        self._writing = None

    async def _answers(self, together: Sequence[Sent]) -> Sequence[HttpResponse | None]:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, answer_all, together, self._known)
        except Exception:
            # Whatever it is, nobody is to wait for ever.
            log.exception("scans could not be taken together: the page answers each by itself")
            return [None] * len(together)


def answer_all(together: Sequence[Sent], known: Known) -> list[HttpResponse | None]:
    """The answer to each request, its scans on disk; None where the page is to answer."""
    now = timezone.now()
    answers: list[HttpResponse | None] = [None] * len(together)
    doors: dict[tuple[Organisation, int], list[tuple[int, ASGIRequest, list[Noted]]]] = {}
    for place, sent in enumerate(together):
        with _left_to_the_page():
            request = ASGIRequest(sent.scope, BytesIO(sent.body))
            organisation = _admitted(request, known, now)
            if organisation is not None:
                meeting = int(sent.scope["path"].split("/")[2])
                doors.setdefault((organisation, meeting), []).append((place, request, door.read(sent.body, now)))
    for (organisation, meeting), sendings in doors.items():
        with _left_to_the_page():
            found = door_rows.door(organisation, meeting)
            if found is not None:
                given = door.answer(found, [noted for _place, _request, noted in sendings])
                for (place, request, _noted), answer in zip(sendings, given, strict=True):
                    answers[place] = _with_headers(request, answer)
    return answers


@contextmanager
def _left_to_the_page() -> Iterator[None]:
    try:
        yield
    except (door.UnreadableError, SuspiciousOperation, UnicodeDecodeError):
        pass  # the page says what is wrong
    except Exception:
        log.exception("scans could not be answered together: the page answers each by itself")
        connection.close()


def _admitted(request: ASGIRequest, known: Known, now: datetime) -> Organisation | None:
    """Whose doors the request may write at, by what a page asks; None where the page is to answer."""
    request.get_host()
    if request.content_type != "application/json":
        return None
    if limits.seconds_to_wait(request) is not None or not _has_csrf_token(request):
        return None
    actor = known.actor(request, now)
    return actor.organisation if actor.may(May.SEE_REGISTERS) else None


class _CsrfCheck(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def _has_csrf_token(request: HttpRequest) -> bool:
    _csrf.process_request(request)
    return _csrf.process_view(request, door.scans, (), {}) is None


def _with_headers(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with what the site's middleware tells browsers."""
    add_never_cache_headers(answer)
    answer.headers["Content-Length"] = str(len(answer.content))
    policy_headers(lambda _request: answer)(request)
    _frames.process_response(request, answer)
    _security.process_response(request, answer)
    return answer


def _no_view(request: HttpRequest) -> HttpResponse:
    raise AssertionError("these are asked by themselves")


_csrf, _frames, _security = _CsrfCheck(_no_view), XFrameOptionsMiddleware(_no_view), SecurityMiddleware(_no_view)


async def _read(receive: Receive) -> tuple[list[Message], bytes | None]:
    """What was received, and the body; None where it is longer than a page takes or did not come to its end."""
    messages: list[Message] = []
    length = 0
    while length <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            break
        length += len(message.get("body", b""))
        if not message.get("more_body", False):
            return messages, b"".join(part.get("body", b"") for part in messages)
    return messages, None


def _again(messages: Sequence[Message], receive: Receive) -> Receive:
    """Receives what was received once more, then what comes."""
    kept = iter(messages)

    async def message() -> Message:
        return next(kept, None) or await receive()

    return message
