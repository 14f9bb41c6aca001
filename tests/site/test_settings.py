"""Settings are documented, and are what an operator of a production server expects."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from resilience.site.folders import PACKAGE

READ = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")


def test_every_setting_that_is_read_is_documented() -> None:
    # The CAD kit is for building models, not for running a server.
    served = [path for path in PACKAGE.rglob("*.py") if "shapes" not in path.parts]
    read = {name for path in served for name in READ.findall(path.read_text())}
    page = (PACKAGE.parents[1] / "docs" / "use" / "administrator.md").read_text()
    assert {name for name in read if f"`{name}" not in page} == set()
    assert len(read) > 5


def test_djangos_own_deployment_check_is_content_behind_https(tmp_path: Path) -> None:
    environment = {"RESILIENCE_DATA": str(tmp_path), "HTTPS": "1", "ALLOWED_HOSTS": "training.example.org", "PATH": ""}
    # A proxy turns http into https; the server behind it would only redirect to itself.
    checked = subprocess.run(
        [sys.executable, "-m", "resilience.site", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_migrations_are_complete(embedded_store: str) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
