"""`resilience results`: one JSON value with every indicator, or lines for people."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from resilience.results import figures, snapshots
from resilience.results.definitions import shelf
from tests.results.invented import AS_OF, invented, invented_template
from tests.test_cli import resilience

__all__ = ["invented", "invented_template"]
FIELDS = {"value", "numerator", "denominator", "response_rate", "definition", "version", "rows_hash"}


@pytest.fixture
def answered(invented: None, tmp_path: Path) -> Any:
    """Runs the command on the test's store."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        url = f"sqlite:///{tmp_path / 'invented.sqlite3'}"
        return resilience("results", *arguments, DATABASE_URL=url, RESILIENCE_DATA=str(tmp_path / "data"))

    return run


def test_json_holds_every_indicator_as_of_the_day(answered: Any) -> None:
    done = answered("--as-of", AS_OF, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["as_of"] == AS_OF
    assert list(told["indicators"]) == [indicator.code for indicator in shelf().all]
    assert all(set(one) == FIELDS for one in told["indicators"].values())
    trainees, female = told["indicators"]["trainees"], told["indicators"]["leaders_female_percent"]
    assert (trainees["value"], trainees["numerator"], trainees["denominator"], trainees["response_rate"]) == (
        1200,
        1200,
        None,
        None,
    )
    assert (female["value"], female["numerator"], female["denominator"]) == (66, 42, 64)
    assert 0 < female["response_rate"] < 1
    counted = snapshots.count("trainees", date.fromisoformat(AS_OF))
    assert trainees["rows_hash"] == figures.hash_of(counted.rows)


def test_earlier_days_have_smaller_figures_and_today_is_the_default(answered: Any) -> None:
    earlier = json.loads(answered("--as-of", "2025-06-30", "--json").stdout)["indicators"]
    assert 0 < earlier["trainees"]["value"] < 1200
    assert earlier["leaders"]["value"] == 26
    today = json.loads(answered("--json").stdout)
    assert today["as_of"] >= AS_OF
    assert today["indicators"]["trainees"]["value"] == 1200


def test_people_read_figures_with_their_base(answered: Any) -> None:
    done = answered("--as-of", AS_OF)
    assert f"As of {AS_OF}" in done.stdout
    line = next(line for line in done.stdout.splitlines() if "Leaders who are female" in line)
    assert line.split()[0] == "66"
    assert "42 of 64; 85% of those asked answered" in line
    early = answered("--as-of", "2025-01-31").stdout
    assert "no quarter has been released" in early


def test_a_day_that_is_none_is_bad_input() -> None:
    done = resilience("results", "--as-of", "30/06/2026", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--as-of: `30/06/2026` is no day" in done.stderr
