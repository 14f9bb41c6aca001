"""The `resilience` command: exit codes, JSON alone on standard output, messages that say what to do."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.training.runs import log_of, module, run

FORMAT = "resilience-session/1"
HEADER = {"format": FORMAT, "module": "aseptic-filling", "version": module().version, "seed": 3, "mode": "practice"}
FINISH = {"tick": 40, "verb": "finish"}


def resilience(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "resilience.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **environment},
        check=False,
    )


def written(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_modules_lists_what_can_be_trained() -> None:
    done = resilience("modules", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = {module["id"]: module for module in json.loads(done.stdout)}
    assert {"aseptic-filling", "controls"} <= found.keys()
    assert set(found["controls"]["title"]) == {"en", "cy"}
    assert "aseptic-filling" in resilience("modules").stdout


def test_simulate_prints_the_outcome_and_writes_a_log_that_replays_to_it(tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl.gz"
    done = resilience("simulate", "aseptic-filling", "--trainee", "expert", "--seed", "1", "--log", log, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == run().outcome.as_dict()
    assert gzip.decompress(log.read_bytes()) == log_of()
    again = resilience("replay", log, "--json")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == done.stdout


def test_simulate_tells_people_of_the_findings() -> None:
    done = resilience("simulate", "aseptic-filling", "--trainee", "steadies-neck", "--seed", "1")
    assert done.returncode == 0
    assert "not yet competent" in done.stdout
    assert "touched-neck" in done.stdout
    assert "training evidence" in done.stdout


def test_replay_fails_when_the_log_names_another_outcome(tmp_path: Path) -> None:
    log = written(tmp_path / "log.jsonl", HEADER, FINISH, {"outcome_hash": "0" * 64})
    done = resilience("replay", log, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["module"] == "aseptic-filling"
    assert "does not replay to its outcome" in done.stderr


def test_check_finds_a_sound_module_sound() -> None:
    done = resilience("check", "controls", "--json", "--seeds", "2")
    report = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] else 1)
    assert next(iter(report)) == "ok"
    assert report["expert_passes"] == report["seeds"] == 2
    assert {"checks", "mutations"} <= report.keys()
    assert done.stderr.count("resilience: ") == len(report["reasons"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["simulate", "needlework", "--trainee", "expert", "--seed", "1"], "there is no module `needlework`"),
        (["simulate", "controls", "--trainee", "nobody", "--seed", "1"], "there is no trainee `nobody`"),
        (["simulate", "controls", "--trainee", "expert", "--seed", "1", "--mode", "exam"], "has no mode `exam`"),
        (["simulate", "controls", "--trainee", "expert", "--seed", "1", "--language", "fr"], "does not speak `fr`"),
        (["simulate", "controls", "--trainee", "expert", "--seed", "-1"], "--seed"),
        (["replay", "nowhere.jsonl"], "nowhere.jsonl"),
        (["check", "needlework"], "there is no module `needlework`"),
        (["simulat"], "simulat"),
    ],
)
def test_bad_input_is_named_on_standard_error_alone(arguments: list[str], message: str) -> None:
    done = resilience(*arguments, *(["--json"] if len(arguments) > 1 else []))
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("lines", "place", "message"),
    [
        ([], "log.jsonl:1", "empty"),
        ([{"hello": 1}], "log.jsonl:1", "format"),
        ([HEADER | {"version": "0.1.0"}, FINISH], "log.jsonl:1", "--accept-version 0.1.0"),
        ([HEADER, {"tick": 1, "verb": "fly"}], "log.jsonl:2", "fly"),
        ([HEADER, FINISH, FINISH], "log.jsonl:3", "finished"),
    ],
)
def test_a_bad_log_is_named_with_its_line(
    lines: list[dict[str, Any]], place: str, message: str, tmp_path: Path
) -> None:
    done = resilience("replay", written(tmp_path / "log.jsonl", *lines), "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert place in done.stderr
    assert message in done.stderr


def test_another_version_is_replayed_when_named(tmp_path: Path) -> None:
    log = written(tmp_path / "log.jsonl", HEADER | {"version": "0.1.0"}, FINISH)
    done = resilience("replay", log, "--accept-version", "0.1.0", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["verdict"] == "not_yet_competent"


def test_a_module_folder_that_is_wrong_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "module.yaml").write_text("id: broken\nversion: 1.0.0\n")
    done = resilience("check", tmp_path)
    assert done.returncode == 2
    assert ".yaml" in done.stderr


def test_verify_walks_an_empty_record(tmp_path: Path) -> None:
    done = resilience("verify", "--json", RESILIENCE_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ok"] is True


def test_library_commands_import_neither_django_nor_a_compiler() -> None:
    code = (
        "import sys; sys.argv = ['resilience', 'simulate', 'controls', '--trainee', 'expert', '--seed', '1'];"
        "from resilience.cli import main\n"
        "try:\n    main()\nexcept SystemExit: pass\n"
        "print(sorted({'django', 'numba', 'uvicorn', 'rich'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_and_version() -> None:
    assert "simulate" in resilience("--help").stdout
    assert resilience("--version").stdout.startswith("resilience ")
