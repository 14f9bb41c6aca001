"""The machine API: JSON in, JSON out. docs/how/live-session.md (HTTP) is its contract."""

from __future__ import annotations

from typing import Any, cast

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema, Status
from ninja.errors import HttpError
from ninja.errors import ValidationError as BadBody
from ninja.openapi.docs import DocsBase
from ninja.renderers import BaseRenderer
from pydantic import ConfigDict, Field

import resilience
from resilience.records import services as records
from resilience.records.models import Attempt
from resilience.site import access, catalogue, live, reveals, sessions
from resilience.site.actors import Request
from resilience.training.errors import BadInput


class Json(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class NoDocs(DocsBase):
    """The description is served as openapi.json; a page that draws it would fetch scripts from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=404)


api = NinjaAPI(
    title="Resilience",
    version=resilience.__version__,
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
    renderer=Json(),
    docs=NoDocs(),
)


class NewSession(Schema):
    """What a new session is to be. Without a seed one is drawn; without a language the browser's is taken.

    purpose: what it is for, as the account declares that begins it; see docs/how/footprint.md.
    """

    model_config = ConfigDict(extra="forbid")

    module: str = Field(max_length=80)
    mode: str = Field(max_length=16)
    seed: int | None = Field(default=None, ge=0, le=sessions.LARGEST_SEED, strict=True)
    language: str | None = Field(default=None, max_length=8)
    purpose: str = Field(default="", max_length=24)


class AnswerError(Exception):
    """An answer that is not the one asked for: status, what is wrong, where, what to do."""

    def __init__(self, status: int, what: str, where: str, fix: str) -> None:
        super().__init__(what)
        self.status, self.what, self.where, self.fix = status, what, where, fix


@api.exception_handler(AnswerError)
def tell_problem(request: HttpRequest, problem: AnswerError) -> HttpResponse:
    told = {"what": problem.what, "where": problem.where, "fix": problem.fix}
    return api.create_response(request, told, status=problem.status)


@api.exception_handler(BadInput)
def tell_bad_input(request: HttpRequest, error: BadInput) -> HttpResponse:
    return tell_problem(request, AnswerError(422, error.what, error.where, error.fix))


@api.exception_handler(live.ClassroomClosedError)
def tell_closed(request: HttpRequest, error: live.ClassroomClosedError) -> HttpResponse:
    fix = "Wait a minute and try again; tell whoever runs this server if it stays."
    return tell_problem(request, AnswerError(503, "no session can begin now", "server", fix))


@api.exception_handler(reveals.NotReplayableError)
def tell_gone(request: HttpRequest, error: reveals.NotReplayableError) -> HttpResponse:
    fix = "The log can still be had; replay it where that version of the module is installed."
    return tell_problem(request, AnswerError(410, str(error), "session", fix))


@api.exception_handler(BadBody)
def tell_bad_body(request: HttpRequest, error: BadBody) -> HttpResponse:
    first = error.errors[0]
    where = ".".join(str(step) for step in first["loc"] if step not in {"body", "new"}) or "body"
    fix = "Send a JSON object with module and mode, and seed, language and purpose if you like."
    return tell_problem(request, AnswerError(422, str(first["msg"]), where, fix))


@api.exception_handler(HttpError)
def tell_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    fix = "Send a JSON object as the body, with the content type application/json."
    return tell_problem(request, AnswerError(error.status_code, str(error), "body", fix))


@api.post("/sessions", response={201: dict[str, Any]})
def create_session(request: HttpRequest, new: NewSession) -> Status[dict[str, Any]]:
    """Begins a session. The token in `play` is the only key to it for whoever has no account."""
    if request.content_type != "application/json":
        raise AnswerError(415, f"the body is {request.content_type or 'nothing'}", "body", "Send application/json.")
    begun = sessions.begin(cast(Request, request), new.module, new.mode, new.seed, new.language, new.purpose)
    return Status(201, {"id": begun.id, "token": begun.token, "play": begun.play, "socket": begun.socket})


@api.get("/modules")
def list_modules(request: HttpRequest) -> list[dict[str, Any]]:
    """The modules that can be practised here, in the language of the request."""
    return [
        {
            "id": card.id,
            "version": card.version,
            "title": card.title,
            "summary": card.summary,
            "minutes": card.minutes,
            "modes": [mode.id for mode in card.modes],
            "languages": list(card.languages),
        }
        for card in catalogue.catalogue()
    ]


@api.get("/sessions/{session}/reveal")
def reveal(request: HttpRequest, session: str) -> HttpResponse:
    """The debrief of a finished session."""
    seen_and_finished(request, session)
    return as_json(reveals.reveal(session, cast(Request, request).LANGUAGE_CODE))


@api.get("/sessions/{session}/replay")
def replay(request: HttpRequest, session: str) -> HttpResponse:
    """The finished session as frames for the 3D replay."""
    seen_and_finished(request, session)
    response = HttpResponse(reveals.replay(session), content_type="application/json")
    response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = "private, no-store"
    return response


@api.get("/sessions/{session}/log")
def log(request: HttpRequest, session: str) -> HttpResponse:
    """The session's log as it was recorded: JSON Lines, gzip. `resilience replay` reads it."""
    seen_and_finished(request, session)
    record = records.find(session)
    assert record is not None
    response = HttpResponse(bytes(record.log), content_type="application/gzip")
    response["Content-Disposition"] = f'attachment; filename="{record.module}-{record.seed}-{record.seq}.jsonl.gz"'
    return response


def seen_and_finished(request: HttpRequest, session: str) -> Attempt:
    """The attempt, for whoever may see it, once it is recorded."""
    attempt = access.find_attempt(session)
    if attempt is None:
        raise AnswerError(404, "there is no such session", "session", "Check the address.")
    if not access.may_see(cast(Request, request), attempt):
        fix = "Send its token as `Authorization: Bearer ...`, or sign in with an account that may see it."
        raise AnswerError(403, "this session is not yours to see", "session", fix)
    if records.find(session) is None:
        raise AnswerError(409, "the session is not finished", "session", "Finish it first; then its reveal is here.")
    return attempt


def as_json(value: Any) -> HttpResponse:
    response = HttpResponse(orjson.dumps(value), content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response
