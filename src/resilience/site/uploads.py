"""Files that a browser sends: how large one may be, and that nothing of a larger one is kept, or even read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

LARGEST_FILE = 25 * 1024 * 1024
# A form around the file: its other fields and the lines between them.
LARGEST_BODY = LARGEST_FILE + 512 * 1024

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


def declares_too_much(request: HttpRequest) -> bool:
    """Whether the request says of itself that it is larger than any form with a file."""
    return declared(request.META.get("CONTENT_LENGTH")) > LARGEST_BODY


def declared(length: str | bytes | None) -> int:
    """The bytes a header announces; 0 where there is none or it is no number."""
    return int(length) if length and length.isdigit() else 0


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file to disk as it comes, and stops reading where it grows beyond the limit."""

    too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > LARGEST_FILE:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        super().receive_data_chunk(raw_data, start)


def bounded(scope: MutableMapping[str, Any], receive: Receive) -> Receive:
    """The body of a request, cut off behind the largest that a page takes.

    Django writes a whole body to disk before a view is asked. Of a body that announces itself as too large nothing is
    handed on; of one that does not, only the beginning, so that it ends in the middle and is refused as damaged.
    """
    taken = LARGEST_BODY if declared(dict(scope["headers"]).get(b"content-length")) > LARGEST_BODY else 0
    is_over = False

    async def some() -> Message:
        nonlocal taken, is_over
        if not is_over and taken < LARGEST_BODY:
            message = await receive()
            taken += len(message.get("body", b""))
            if taken < LARGEST_BODY:
                return message
        if not is_over:
            is_over = True
            return {"type": "http.request", "body": b"", "more_body": False}
        # Whoever still sends may finish, so that they hear the answer; what they send goes nowhere.
        while (message := await receive())["type"] == "http.request":
            pass
        return message

    return some
