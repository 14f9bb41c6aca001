"""Commands around people's files: `import attendance`, `import evaluation`, `activities`. Django only when called."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from resilience.cli.output import FAILED, columns, print_json, print_lines, say
from resilience.training.errors import BadInput

if TYPE_CHECKING:
    from resilience.programme.imports.options import Options
    from resilience.programme.imports.plan import Plan
    from resilience.programme.models import Activity, ImportBatch


class Heads(StrEnum):
    """How a number of heads is known."""

    REGISTER = "register"
    COUNTED = "counted"
    ESTIMATE = "estimate"


class Level(StrEnum):
    """When an evaluation was asked for."""

    REACTION = "reaction"
    BEFORE = "before"
    AFTER = "after"
    BEHAVIOUR = "behaviour"
    RESULT = "result"


File = Annotated[Path, typer.Argument(help="A CSV or XLSX file: of Eventbrite, Microsoft Forms or anybody.")]
Code = Annotated[str, typer.Option("--activity", help="The activity's code, as `resilience activities` lists it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would become of each row, and write nothing.")]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", help="What a column means, as in `--column 'Contact=email'`; may be given several times."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone on standard output.")]

app = typer.Typer(no_args_is_help=True, help="Import a file of attendance or evaluation into an activity.")


@app.command()
def attendance(
    file: File,
    activity: Code,
    dry_run: DryRun = False,
    present: Annotated[
        bool, typer.Option("--present", help="Everybody with a ticket was there, although nobody was checked in.")
    ] = False,
    meeting: Annotated[
        int | None, typer.Option(min=1, help="Which meeting of the activity, from 1 in the order of time.")
    ] = None,
    heads: Annotated[Heads, typer.Option(help="How numbers of people without names are known.")] = Heads.ESTIMATE,
    column: Column = None,
    as_json: AsJson = False,
) -> None:
    """Import who was there."""
    _set_up()
    from resilience.programme.imports.options import Options

    options = Options(present=present, meeting=meeting, heads_kind=heads.value)
    _import(file, activity, "attendance", options, column or [], dry_run, as_json)


@app.command()
def evaluation(
    file: File,
    activity: Code,
    dry_run: DryRun = False,
    level: Annotated[Level, typer.Option(help="When it was asked for.")] = Level.REACTION,
    full_marks: Annotated[
        float | None, typer.Option(min=0.5, help="Points of a test in which everything is right.")
    ] = None,
    column: Column = None,
    as_json: AsJson = False,
) -> None:
    """Import the answers of an evaluation."""
    _set_up()
    from resilience.programme.imports.options import Options

    options = Options(level=level.value, full_marks=full_marks)
    _import(file, activity, "evaluation", options, column or [], dry_run, as_json)


def activities(as_json: AsJson = False) -> None:
    """List the activities of all partners, the last first, with their codes."""
    _set_up()
    from resilience.people.scopes import whole_programme
    from resilience.programme.models import Activity

    with whole_programme("whoever runs the command has the whole database"):
        found = list(Activity.objects.select_related("organisation"))
    told = [
        {
            "code": one.code,
            "title": one.title,
            "kind": one.kind,
            "organisation": one.organisation.name,
            "starts_at": one.starts_at.isoformat(),
            "status": one.status,
        }
        for one in found
    ]
    if as_json:
        print_json(told)
    else:
        print_lines(
            columns([[one["code"], one["starts_at"][:10], one["kind"], one["status"], one["title"]] for one in told])
        )


def _set_up() -> None:
    from resilience.site import serve

    serve.set_up()
    serve.migrate()


def _import(
    file: Path, code: str, what: str, options: Options, chosen: Sequence[str], dry_run: bool, as_json: bool
) -> None:
    from resilience.people.scopes import within
    from resilience.programme.finding import find

    activity = find(code)
    if activity is None:
        raise BadInput("there is no activity with this code", code, "`resilience activities` lists them.")
    with within(activity.organisation):
        batch, plan = _run(file, activity, what, options, chosen, dry_run)
    if as_json:
        print_json(plan.as_dict(str(batch.pk) if batch is not None else None))
    else:
        print_lines(_told(plan, batch, dry_run))
    for note in plan.notes:
        say(f"resilience: {note}")
    if not plan.imported and not plan.merged:
        say("resilience: not one row could be used, and nothing was imported")
        raise typer.Exit(FAILED)


def _run(
    file: Path, activity: Activity, what: str, options: Options, chosen: Sequence[str], dry_run: bool
) -> tuple[ImportBatch | None, Plan]:
    from django.utils import timezone

    from resilience.cli.progress import bar
    from resilience.people.permissions import Actor
    from resilience.programme.imports import commit, mapping
    from resilience.programme.imports.loaded import load

    try:
        loaded = load(file, file.name)
    except OSError as error:
        raise BadInput(f"it cannot be read ({error.strerror})", str(file), "Check its name and place.") from error
    fields = mapping.propose(loaded.header, what, activity.organisation)
    if chosen:
        fields = mapping.changed(fields, _named(chosen), loaded.header, what, loaded.name)
    with bar("rows") as advance:
        if dry_run:
            return None, commit.dry_run(loaded, activity, what, fields, options, advance)
        actor = Actor(organisation=activity.organisation)
        return commit.commit(loaded, activity, what, fields, options, actor, timezone.now(), advance)


def _named(chosen: Sequence[str]) -> dict[str, str]:
    named = {}
    for one in chosen:
        title, equals, field = one.rpartition("=")
        if not equals:
            raise BadInput(
                "a heading and its meaning are joined by =", f"--column {one}", "As in --column 'Contact=email'."
            )
        named[title] = field.strip()
    return named


def _told(plan: Plan, batch: ImportBatch | None, dry_run: bool) -> list[str]:
    done = "would be imported" if dry_run else "imported"
    lines: list[Any] = [
        f"{plan.source}: {plan.rows} rows; {len(plan.imported)} {done}, {len(plan.merged)} merged, "
        f"{len(plan.refused)} refused"
    ]
    lines += [f"row {one.row}{f', {one.column}' if one.column else ''}: {one.reason.label}" for one in plan.refused]
    if batch is not None:
        lines.append(f"batch {batch.pk}")
    return lines
