"""The counting rules. Each is a few parameters, checked, and one way to count the rows that `ground` finds."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from resilience.results import disclosure
from resilience.results.control import MOST_WITHOUT_AN_AVERAGE
from resilience.results.counted import Counted
from resilience.results.files import Data
from resilience.results.ground import ALL_KINDS, Ground, ask, hex_of, minutes_between

Kinds = Annotated[list[Literal["training", "outreach", "leadership"]], Field(min_length=1)]
HELD = ("training", "outreach")


class Rule(Data):
    """A rule with its parameters. `filtered` is False where only the whole programme may be counted."""

    filtered: ClassVar[bool] = True

    @property
    def on(self) -> list[str]:
        """The kinds of activities whose rows can be in the figure."""
        return list(getattr(self, "kinds", ALL_KINDS))

    @abstractmethod
    def count(self, ground: Ground) -> Counted:
        """What the rows amount to."""


def number(rows: list[str], value: float | None = None) -> Counted:
    """A plain number of things, or the sum of the numbers in them."""
    total = len(rows) if value is None else value
    return Counted(total, total, rows=rows)


def share(numerator: int, denominator: int, decimals: int, rows: list[str]) -> Counted:
    """A percentage; without anybody in its base it has no value."""
    value = percent(numerator, denominator, decimals) if denominator else None
    return Counted(value, numerator, denominator, rows=rows)


def percent(numerator: int, denominator: int, decimals: int = 0) -> float:
    """100 * numerator / denominator with so many decimals, halves away from nought, without binary fractions."""
    scale: int = 10**decimals
    return float((200 * scale * numerator + denominator) // (2 * denominator)) / float(scale)


class People(Rule):
    """Different people with an attendance at activities of these kinds."""

    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        return number([f"person:{ref}" for ref in ground.people(self.kinds)])


class PeopleAndHeads(Rule):
    """Different people at activities of these kinds, and the heads without names at outreach."""

    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        people = [f"person:{ref}" for kind in self.kinds for ref in ground.people((kind,))]
        people = list(dict.fromkeys(people))
        return number([*people, *head_rows(ground)], len(people) + sum(heads.number for heads in ground.heads))


def head_rows(ground: Ground) -> list[str]:
    return [f"heads:{heads.code}:{heads.year_group}:{heads.kind}:{heads.number}" for heads in ground.heads]


class HeadsKnown(Rule):
    """The share of heads that come from a register or a count, not from an estimate."""

    kinds: ClassVar[tuple[str, ...]] = ("outreach",)

    def count(self, ground: Ground) -> Counted:
        known = sum(heads.number for heads in ground.heads if heads.kind != "estimate")
        return share(known, sum(heads.number for heads in ground.heads), 0, head_rows(ground))


class Held(Rule):
    """Activities with at least one attendance or one head; `formats` takes only activities of these formats."""

    kinds: Kinds
    formats: list[Literal["in-person", "online", "vr"]] = []

    def count(self, ground: Ground) -> Counted:
        heads = {found.activity for found in ground.heads}
        return number(
            [
                f"activity:{activity.code}"
                for activity in ground.activities
                if activity.kind in self.kinds
                and (not self.formats or activity.format in self.formats)
                and (activity.id in ground.visits or activity.id in heads)
            ]
        )


class Regions(Rule):
    """Different regions in which such an activity was held."""

    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        heads = {found.activity for found in ground.heads}
        return number(
            sorted(
                {
                    f"region:{activity.region}"
                    for activity in ground.activities
                    if activity.kind in self.kinds
                    and activity.region
                    and (activity.id in ground.visits or activity.id in heads)
                }
            )
        )


class Visits(Rule):
    """Attendances: a person who came to three meetings is counted three times."""

    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        numbers = [
            (activity.code, ground.visits[activity.id])
            for activity in ground.activities
            if activity.kind in self.kinds and activity.id in ground.visits
        ]
        return number([f"visits:{code}:{visits}" for code, visits in numbers], sum(visits for _, visits in numbers))


class Leaders(Rule):
    """Different members of cohorts who were at a meeting of theirs."""

    kinds: ClassVar[tuple[str, ...]] = ("leadership",)

    def count(self, ground: Ground) -> Counted:
        return number(sorted({f"person:{leader.person}" for leader in ground.leaders}))


class LeaderOrganisations(Rule):
    """Different employers of those leaders. All spellings of a name are one organisation since they were entered."""

    kinds: ClassVar[tuple[str, ...]] = ("leadership",)

    def count(self, ground: Ground) -> Counted:
        return number(sorted({f"organisation:{leader.employer}" for leader in ground.leaders}))


class ProjectsDone(Rule):
    """The share of those memberships whose project is finished."""

    kinds: ClassVar[tuple[str, ...]] = ("leadership",)

    def count(self, ground: Ground) -> Counted:
        members = {leader.member: leader for leader in ground.leaders}.values()
        rows = [f"person:{leader.person}:{'done' if leader.project_done else 'open'}" for leader in members]
        return share(sum(leader.project_done for leader in members), len(members), 0, sorted(rows))


class Employers(Rule):
    """Different organisations of a kind, and of sizes, that people at these activities come from."""

    kinds: Kinds
    organisation_kind: Literal["employer", "school"]
    sizes: list[Literal["micro", "small", "medium", "large"]] = []

    def count(self, ground: Ground) -> Counted:
        return number(
            [
                f"organisation:{ref}"
                for ref, kind, size in ground.employers(self.kinds)
                if kind == self.organisation_kind and (not self.sizes or size in self.sizes)
            ]
        )


class NoShows(Rule):
    """The share of confirmed places at these activities whose holder was at no meeting."""

    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        condition, params = ground.activity(self.kinds)
        sql = (
            "SELECT a.code, COUNT(*), SUM(CASE WHEN EXISTS (SELECT 1 FROM programme_attendance t "
            "JOIN programme_meeting m ON m.id = t.meeting_id WHERE t.person_id = r.person_id "
            "AND m.activity_id = r.activity_id) THEN 0 ELSE 1 END) FROM programme_registration r "
            "JOIN programme_activity a ON a.id = r.activity_id "
            f"WHERE r.status = 'confirmed' AND {condition} GROUP BY a.code ORDER BY a.code"
        )
        # Where nobody's attendance was written down nothing is known of who stayed away.
        found = [(code, int(all_), int(no)) for code, all_, no in ask(sql, params) if int(no) < int(all_)]
        return share(
            sum(missing for _, _, missing in found),
            sum(places for _, places, _ in found),
            0,
            [f"places:{code}:{places}:{missing}" for code, places, missing in found],
        )


Level = Literal["reaction", "before", "after", "behaviour", "result"]


class Evaluation(Rule):
    """The mean score of a level's returned forms, as a mean over people; the rate of those asked who answered.

    Over 7 forms or fewer there is no mean: too few to stay nobody's (HESA rounding and suppression).
    """

    level: Level
    kinds: Kinds

    def count(self, ground: Ground) -> Counted:
        condition, params = ground.activity(self.kinds)
        answered = ask(
            "SELECT a.code, COUNT(*), SUM(e.score) FROM programme_evaluationanswer e "
            "JOIN programme_activity a ON a.id = e.activity_id "
            f"WHERE e.level = %s AND e.score IS NOT NULL AND e.given_at < %s AND {condition} "
            "GROUP BY a.code ORDER BY a.code",
            [self.level, ground.until, *params],
        )
        ((asked, back),) = ask(
            "SELECT COUNT(*), SUM(CASE WHEN q.answered_at < %s THEN 1 ELSE 0 END) "
            "FROM programme_evaluationrequest q JOIN programme_activity a ON a.id = q.activity_id "
            f"WHERE q.level = %s AND q.due_at < %s AND {condition}",
            [ground.until, self.level, ground.until, *params],
        )
        forms = sum(int(number) for _, number, _ in answered)
        total = sum(float(scores) for _, _, scores in answered)
        mean = round(total / forms, 2) if forms > MOST_WITHOUT_AN_AVERAGE else None
        rate = int(back or 0) / int(asked) if asked else None
        numerator = round(total, 2) if mean is not None else None
        rows = [f"forms:{code}:{self.level}:{number}" for code, number, _ in answered]
        return Counted(mean, numerator, forms, rate, rows, "" if mean is not None else "too-few")


class DevelopmentHours(Rule):
    """Hours of professional development: an activity's hours for each person who stayed the minutes it asks for.

    Minutes that nobody wrote down are those from coming in to the end of the meeting, as for a certificate.
    """

    kinds: Kinds
    MEETINGS: ClassVar[str] = (
        "a.id IN (SELECT x.activity_id FROM programme_meeting x GROUP BY x.activity_id HAVING COUNT(*)"
    )
    THERE: ClassVar[str] = (
        "FROM programme_activity a JOIN programme_meeting m ON m.activity_id = a.id "
        "JOIN programme_attendance t ON t.meeting_id = m.id WHERE a.cpd_minutes > 0 AND m.starts_at < %s"
    )

    def count(self, ground: Ground) -> Counted:
        earned = [*self._at_one_meeting(ground), *self._over_several(ground)]
        rows = [f"hours:{code}:{minutes}:{people}" for code, minutes, people in earned]
        return number(rows, round(sum(minutes * people for _, minutes, people in earned) / 60, 1))

    def _at_one_meeting(self, ground: Ground) -> list[tuple[str, int, int]]:
        """Activities of one meeting, where every attendance is another person: nothing is to be added up.

        Attendances are counted by meeting before the few meetings are looked at: PostgreSQL sorts them all otherwise.
        """
        condition, params = ground.activity(self.kinds)
        sql = (
            f"SELECT a.code, a.cpd_minutes, n.people FROM (SELECT t.meeting_id, COUNT(*) AS people {self.THERE} "
            f"AND {stayed()} >= a.minimum_minutes AND {condition} GROUP BY t.meeting_id) n "
            "JOIN programme_meeting m ON m.id = n.meeting_id JOIN programme_activity a ON a.id = m.activity_id "
            f"WHERE {self.MEETINGS} = 1) ORDER BY a.code"
        )
        return [(code, minutes, people) for code, minutes, people in ask(sql, [ground.until, *params])]

    def _over_several(self, ground: Ground) -> list[tuple[str, int, int]]:
        """Activities of several meetings: each person's minutes are added up over them."""
        condition, params = ground.activity(self.kinds)
        sql = (
            "SELECT s.code, s.cpd_minutes, COUNT(*) FROM (SELECT a.code, a.cpd_minutes, a.minimum_minutes, "
            f"SUM({stayed()}) AS stayed {self.THERE} AND {self.MEETINGS} > 1) AND {condition} "
            "GROUP BY a.id, t.person_id) s WHERE s.stayed >= s.minimum_minutes "
            "GROUP BY s.code, s.cpd_minutes ORDER BY s.code"
        )
        return [(code, minutes, people) for code, minutes, people in ask(sql, [ground.until, *params])]


def stayed() -> str:
    """SQL for the minutes of attendance `t` at meeting `m`: those known, else to the end of the meeting."""
    return f"COALESCE(t.minutes, {minutes_between('t.at', 'm.starts_at', 'm.ends_at')})"


class DiversityShare(Rule):
    """A row's share of a released diversity table. The door knows no filters, and neither does this."""

    filtered: ClassVar[bool] = False
    table: str
    row: str

    def count(self, ground: Ground) -> Counted:
        return disclosure.share(self.table, self.row, ground.as_of)


class Competences(Rule):
    """Competences gained: a person and a competence, once, whatever the number of proofs and wherever they are from."""

    filtered: ClassVar[bool] = False

    def count(self, ground: Ground) -> Counted:
        found = ask(
            f"SELECT DISTINCT {hex_of('p.ref')}, h.competence FROM programme_heldcompetence h "
            "JOIN people_person p ON p.id = h.person_id WHERE h.since <= %s",
            [ground.as_of],
        )
        return number([f"person:{ref}:{competence}" for ref, competence in found])


RULES: dict[str, type[Rule]] = {
    "people": People,
    "people-and-heads": PeopleAndHeads,
    "heads-known": HeadsKnown,
    "held": Held,
    "regions": Regions,
    "visits": Visits,
    "leaders": Leaders,
    "leader-organisations": LeaderOrganisations,
    "projects-done": ProjectsDone,
    "employers": Employers,
    "no-shows": NoShows,
    "evaluation": Evaluation,
    "development-hours": DevelopmentHours,
    "competences": Competences,
    "diversity-share": DiversityShare,
}
