from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from resilience.classroom.certificates import SERVER_DAYS, Certificates, ensure, own_names

NAMES = ["classroom.local", "192.168.7.20", "localhost"]
NOW = datetime.now(UTC)


def shake_hands(files: Certificates, name: str) -> None:
    """A TLS handshake in memory by a client that trusts the authority and nothing else."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.certificate, files.key)
    client = ssl.create_default_context(cafile=str(files.authority))
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(down, up, server_hostname=name), server.wrap_bio(up, down, server_side=True)]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue


@pytest.mark.parametrize("name", NAMES)
def test_a_client_that_trusts_the_authority_trusts_the_server(tmp_path: Path, name: str) -> None:
    shake_hands(ensure(tmp_path, NAMES), name)


def test_another_name_is_not_trusted(tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(ensure(tmp_path, NAMES), "elsewhere.local")


def test_the_next_start_uses_the_same_files(tmp_path: Path) -> None:
    before = ensure(tmp_path, NAMES).certificate.read_bytes()
    assert ensure(tmp_path, NAMES).certificate.read_bytes() == before


def test_a_new_address_makes_a_new_certificate_of_the_same_authority(tmp_path: Path) -> None:
    files = ensure(tmp_path, NAMES)
    authority, before = files.authority.read_bytes(), files.certificate.read_bytes()
    ensure(tmp_path, [*NAMES, "192.168.7.21"])
    assert files.authority.read_bytes() == authority
    assert files.certificate.read_bytes() != before
    shake_hands(files, "192.168.7.21")


def test_a_certificate_is_renewed_before_its_time_is_over(tmp_path: Path) -> None:
    files = ensure(tmp_path, NAMES, NOW)
    before = files.certificate.read_bytes()
    ensure(tmp_path, NAMES, NOW + timedelta(days=SERVER_DAYS - 10))
    assert files.certificate.read_bytes() != before


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    ensure(tmp_path, NAMES)
    for name in ("authority.key", "server.key"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_the_authority_signs_nothing_but_servers_of_its_own(tmp_path: Path) -> None:
    authority = x509.load_pem_x509_certificate(ensure(tmp_path, NAMES).authority.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert limits.ca
    assert limits.path_length == 0


def test_the_machine_names_itself() -> None:
    names = own_names()
    assert "localhost" in names
    assert "127.0.0.1" in names
    assert len(names) == len(set(names))
