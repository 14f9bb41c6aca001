"""Commands that need the simulator alone: `modules`, `simulate`, `replay`, `check`. None of them imports Django."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from resilience.cli.output import FAILED, columns, print_json, print_lines, say

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]


def modules(as_json: AsJson = False) -> None:
    """List the modules that can be trained."""
    from resilience.training import modules as shelf

    found = [shelf.load(name) for name in shelf.available()]
    if as_json:
        print_json(
            [
                {
                    "id": module.id,
                    "version": module.version,
                    "title": {language: module.text(language, "title") for language in module.head.languages},
                    "minutes": module.head.minutes,
                    "modes": module.head.modes,
                    "languages": module.head.languages,
                    "content_hash": module.content_hash,
                }
                for module in found
            ]
        )
        return
    rows = [
        [module.id, module.version, f"{module.head.minutes} min", module.text(module.head.languages[0], "title")]
        for module in found
    ]
    print_lines(columns(rows))


def simulate(
    module: Annotated[str, typer.Argument(help="A module by name, or its folder.")],
    trainee: Annotated[str, typer.Option(help="`expert`, or a mutation of the module by id.")],
    seed: Annotated[int, typer.Option(min=0, help="Which variant.")],
    mode: Annotated[str | None, typer.Option(help="guided, practice or assessment (the default, if offered).")] = None,
    language: Annotated[str, typer.Option(help="Language of the session, as in `en`.")] = "en",
    log: Annotated[Path | None, typer.Option(help="Write the session's log here (.gz: compressed).")] = None,
    as_json: AsJson = False,
) -> None:
    """Let a virtual trainee run a module, and print the outcome."""
    from resilience.training.simulation import simulate as run

    done = run(module, trainee, seed, mode=mode, language=language, log=log)
    _print_outcome(done.outcome.as_dict(), as_json)


def replay(
    log: Annotated[Path, typer.Argument(help="A session's log, compressed or not.")],
    accept_version: Annotated[
        str | None, typer.Option(help="Replay a log of this other version of its module with the one that is here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Replay a log, and print the outcome. Fails when the log names another outcome."""
    from resilience.training.replay import replay as again

    done = again(log, accept_version=accept_version)
    _print_outcome(done.outcome.as_dict(), as_json)
    if not done.agrees:
        say(
            f"resilience: {log} does not replay to its outcome: "
            f"recorded {done.recorded_hash}, replayed {done.outcome.hash}"
        )
        raise typer.Exit(FAILED)


def check(
    module: Annotated[str, typer.Argument(help="A module by name, or its folder.")],
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="How many variants.")] = 20,
    every_seed: Annotated[bool, typer.Option("--every-seed", help="Every error on every variant.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let virtual trainees test an assessment: the expert passes, every check can fail, every error is caught."""
    from resilience.cli.progress import bar
    from resilience.training.validation import validate

    with bar("runs") as advance:
        report = validate(module, seeds, every_seed=every_seed, progress=advance)
    if as_json:
        print_json(report.as_dict())
    else:
        print_lines(report.lines())
    if not report.ok:
        for reason in report.reasons:
            say(f"resilience: {reason}")
        raise typer.Exit(FAILED)


def _print_outcome(outcome: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(outcome)
        return
    checklist, records = outcome["checklist"], outcome["records"]
    verdict = "competent" if outcome["verdict"] == "competent" else "not yet competent"
    print_lines(
        [
            f"{outcome['module']} {outcome['version']}, seed {outcome['seed']}, {outcome['mode']}: {verdict}",
            f"checklist {checklist['score']:g} of {checklist['max']:g}",
            f"records {records['score']:g} of {records['max']:g}",
        ]
    )
    if outcome["dose"]:
        dose = outcome["dose"]
        print_lines([f"{dose['expected_cfu']:g} organisms expected in the product; {dose['drawn_cfu']} drawn"])
    rows = [
        [finding["severity"], finding["code"], finding["check"], str(finding["evidence"].get("item", "")), _at(finding)]
        for finding in outcome["findings"]
    ]
    print_lines(columns(rows))
    print_lines(["This is training evidence, never a qualification."])


def _at(finding: dict[str, Any]) -> str:
    minutes, seconds = divmod(finding["tick"] // 20, 60)
    return f"at {minutes}:{seconds:02d}"
