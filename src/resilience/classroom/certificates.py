"""A certificate authority of one's own for a classroom without internet.

A browser enters a headset's display only on a page it holds to be secure, and `http://` with an address of the local
network is not. The authority is made once and kept; the server's certificate is made again when the machine's names or
addresses have changed or its time is nearly over. The authority's key never leaves the data folder.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
SERVER_DAYS = 397
"""Browsers refuse a server's certificate that is good for longer than 398 days (CA/Browser Forum, section 6.3.2)."""
RENEW_DAYS = 30
_SKEW = timedelta(days=1)
"""Headsets without internet often have a clock that is behind."""


@dataclass(frozen=True)
class Certificates:
    """Files to serve https with; `authority` is what a headset or laptop may be told to trust."""

    authority: Path
    certificate: Path
    key: Path


def ensure(folder: Path, names: list[str], now: datetime | None = None) -> Certificates:
    """The certificates in `folder` for these host names and addresses, made or renewed where they are lacking."""
    now = now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    files = Certificates(folder / "authority.crt", folder / "server.crt", folder / "server.key")
    authority_key_file = folder / "authority.key"
    if not (files.authority.exists() and authority_key_file.exists()):
        _make_authority(files.authority, authority_key_file, now)
        files.certificate.unlink(missing_ok=True)
    if not _still_good(files, names, now):
        _make_server(files, authority_key_file, names, now)
    return files


def own_names() -> list[str]:
    """What this machine is called and reached by: localhost, its host name, its addresses."""
    host = socket.gethostname()
    found = {"localhost", "127.0.0.1", "::1", host, f"{host.partition('.')[0]}.local"}
    with contextlib.suppress(socket.gaierror):
        found |= {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(host, None)}
    if (address := _address_on_the_network()) is not None:
        found.add(address)
    return sorted(found)


def _address_on_the_network() -> str | None:
    # Connecting a datagram socket sends nothing; it only asks the system which of its addresses it would use.
    # 192.0.2.1 is reserved for documentation (RFC 5737) and answers nowhere.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address


def _make_authority(certificate: Path, key_file: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Resilience classroom {socket.gethostname()}"[:64])])
    signs_only = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    built = (
        _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(signs_only, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_file, key)
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))


def _make_server(files: Certificates, authority_key_file: Path, names: list[str], now: datetime) -> None:
    authority = x509.load_pem_x509_certificate(files.authority.read_bytes())
    authority_key = serialization.load_pem_private_key(authority_key_file.read_bytes(), None)
    assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    built = (
        _builder(subject, authority.subject, key.public_key(), now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    _write_key(files.key, key)
    chain = built.public_bytes(serialization.Encoding.PEM) + files.authority.read_bytes()
    files.certificate.write_bytes(chain)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now - _SKEW + timedelta(days=days))
    )


def _still_good(files: Certificates, names: list[str], now: datetime) -> bool:
    if not (files.certificate.exists() and files.key.exists()):
        return False
    certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
    held = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(held) >= {_general_name(name) for name in names} and certificate.not_valid_after_utc - now > timedelta(
        days=RENEW_DAYS
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
