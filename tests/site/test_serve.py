"""What happens before the port is opened."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core import management

from resilience.site import serve


def test_a_second_start_neither_migrates_nor_gathers(
    embedded_store: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.STATIC_SOURCES = {"": settings.STATIC_SOURCES[""]}
    called: list[str] = []
    original = management.call_command

    def note(name: str, **options: Any) -> Any:
        called.append(name)
        return original(name, **options)

    monkeypatch.setattr(management, "call_command", note)
    serve.prepare()
    assert called == ["collectstatic"]
    serve.prepare()
    assert called == ["collectstatic"]
    (Path(settings.RESILIENCE_DATA) / "static.stamp").write_text("old")
    serve.prepare()
    assert called == ["collectstatic", "collectstatic"]


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.CannotServeError, match=f"PORT={port + 1}"):
            serve.refuse_taken_port("127.0.0.1", port)


def test_the_greeting_names_the_address_and_what_a_headset_needs() -> None:
    here = serve.greeting("127.0.0.1", 8000)
    assert "http://127.0.0.1:8000/" in here[0]
    assert "https" in here[1]
    everywhere = serve.greeting("0.0.0.0", 8000)
    assert "http://localhost:8000/" in everywhere[0]
    assert "https" in everywhere[-1]
    assert "https://127.0.0.1:8000/" in serve.greeting("127.0.0.1", 8000, https=True)[0]


def test_a_certificate_of_ones_own_is_made_in_the_data_folder(data_folder: Path) -> None:
    files = serve.certificate_files()
    assert Path(files["ssl_certfile"]).read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert Path(files["ssl_keyfile"]).parent == data_folder / "certificates"
