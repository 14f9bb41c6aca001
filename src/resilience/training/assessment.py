"""The assessment of one session: its checks, its tally, and the outcome they make together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from resilience.training.checks import Assessor, CheckContext, RecordedField
from resilience.training.clock import TICKS_PER_SECOND
from resilience.training.dose import Ledger, by_route
from resilience.training.findings import Finding
from resilience.training.log import Header
from resilience.training.modules import Module
from resilience.training.monitoring import Reading
from resilience.training.outcome import Dose, Outcome, Score, dose, verdict
from resilience.training.patterns import Event
from resilience.training.tally import Tally

# Findings under this code speak of the record and count there, not on the checklist.
RECORDS_CODE = "DOC"
_OF_FIELDS = frozenset({"record_quality", "reconciled"})


class Assessment:
    """Judges one session.

    Call `observe` with every event, then once `finish`, then `outcome`. The first two return findings that are new, for
    the modes in which a finding is told at once.
    """

    def __init__(self, module: Module) -> None:
        self._module = module
        self._assessor = Assessor(module.checks, check_context(module))
        self._tally = Tally(module)
        self.watches = self._assessor.watched | self._tally.watches | {"pace_changed"}

    @property
    def units(self) -> list[str]:
        """The units of product, in the order of the scene; none where a module makes nothing."""
        return self._tally.units

    def filled_units(self) -> set[str]:
        """Units that hold product."""
        return self._tally.filled

    def kept_units(self) -> list[str]:
        """Units that hold product and were not thrown away, in the order of the scene."""
        return [unit for unit in self._tally.kept if unit in self._tally.filled]

    def discarded_units(self) -> set[str]:
        """Units that were thrown away."""
        return self._tally.discarded

    def observe(self, event: Event, step: str | None = None) -> list[Finding]:
        """Take in one event that happened while `step` was the current step."""
        if event["kind"] in self._tally.watches:
            self._tally.observe(event)
        return self._assessor.observe(event, step)

    def finish(self, tick: int, facts: Mapping[str, Any]) -> list[Finding]:
        """Judge what only the end shows, at the session's last tick, given the facts that records are compared with."""
        return self._assessor.finish(tick, facts)

    def outcome(
        self, header: Header, tick: int, ledger: Ledger, environment: tuple[Reading, ...], log_hash: str
    ) -> Outcome:
        """The outcome of the finished session. `ledger` holds what came into each container, `environment` what the
        instruments read."""
        findings = tuple(self._assessor.findings())
        checklist, records = self._checklist(findings), self._records(findings)
        return Outcome(
            module=header.module,
            version=self._module.version,
            seed=header.seed,
            mode=header.mode,
            verdict=verdict(self._module.standard, findings, checklist, records),
            findings=findings,
            checklist=checklist,
            records=records,
            dose=self._dose(header.seed, ledger),
            process=self._tally.process(),
            environment=environment,
            seconds=tick / TICKS_PER_SECOND,
            log_hash=log_hash,
        )

    def _checklist(self, findings: tuple[Finding, ...]) -> Score:
        """Steps done, and rules kept by their weight.

        A rule counts as kept only as far as there was work in which to keep it: who does nothing breaks little, and
        earns nothing.
        """
        steps, most_steps = self._tally.step_points()
        rules = [check for check in self._module.checks if check.code != RECORDS_CODE]
        broken = {finding.check for finding in findings}
        kept = sum(check.weight for check in rules if check.id not in broken)
        worked = steps / most_steps if most_steps else 1.0
        return Score(steps + worked * kept, most_steps + sum(check.weight for check in rules))

    def _records(self, findings: tuple[Finding, ...]) -> Score:
        """One point for each required field that is there and in order, and for each signature."""
        kinds = {check.id: check.kind for check in self._module.checks}
        faulty = {finding.item for finding in findings if kinds.get(finding.check) in _OF_FIELDS}
        scene = self._module.scene
        fields = [field.id for field in scene.record if field.required and not field.given]
        good = sum(name not in faulty and self._tally.recorded.get(name) not in (None, "") for name in fields)
        signed = sum(step in self._tally.signed for step in scene.signatures)
        return Score(good + signed, len(fields) + len(scene.signatures))

    def _dose(self, seed: int, ledger: Ledger) -> Dose | None:
        if not self._tally.units:
            return None
        return dose(self._module.id, seed, {unit: by_route(ledger, unit) for unit in self._tally.kept})


def check_context(module: Module) -> CheckContext:
    """What a module's checks may know of its scene."""
    kinds = {item: entry.kind for item, entry in module.items.items()}
    kinds |= {entry.id: entry.kind for entry in module.scene.equipment}
    return CheckContext(
        kinds=kinds,
        equipment=frozenset(entry.id for entry in module.scene.equipment),
        fields={
            field.id: RecordedField(field.id, field.fact, field.given, field.required) for field in module.scene.record
        },
        signatures=tuple(module.scene.signatures),
    )
