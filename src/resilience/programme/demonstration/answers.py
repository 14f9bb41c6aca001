"""Diversity forms of the invented programme: who is asked, who answers what. Answers lead to nobody here either."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from resilience.people import diversity, invitations
from resilience.people.diversity import Returned
from resilience.people.models import DiversityInvitation, Organisation, Person
from resilience.people.models.diversity import Strand
from resilience.programme.demonstration.cast import weighted
from resilience.programme.demonstration.plan import PlannedCohort, Weights
from resilience.programme.demonstration.stage import Stage

REFUSED = {"sex": "96", "ethnicity": "998", "disability": "98"}


def of_leaders(stage: Stage, planned: PlannedCohort, leaders: Sequence[Person], quarter: date) -> None:
    """Every leader is asked; as many forms come back as the plan has answers."""
    organisation = stage.organisation(stage.partner(planned.partner))
    sexes, groups = spread(stage, planned.sex), spread(stage, planned.ethnicity)
    forms = [
        {"sex": [sex], "ethnicity": [group], "disability": disability(stage)}
        for sex, group in zip(sexes, groups, strict=True)
    ]
    forms += [{"sex": [REFUSED["sex"]], "ethnicity": [REFUSED["ethnicity"]]}] * planned.refused
    ask(stage, organisation, leaders, Strand.LEADERSHIP, quarter, len(forms))
    diversity.keep_all([Returned(Strand.LEADERSHIP, organisation, answers, quarter) for answers in forms])


def spread(stage: Stage, weights: Weights) -> list[str]:
    """Each code as often as its number says, in drawn order."""
    codes = [code for code, number in weights.items() for _ in range(number)]
    stage.draw.shuffle(codes)
    return codes


def disability(stage: Stage) -> list[str]:
    """Nought to two codes; some leave the question out."""
    if stage.draw.random() < 0.1:
        return []
    first = weighted(stage.draw, stage.plan.diversity.disability)
    second = weighted(stage.draw, stage.plan.diversity.disability)
    return [first] if "95" in (first, second) or stage.draw.random() < 0.8 else sorted({first, second})


def of_trainees(stage: Stage, organisation: Organisation, newcomers: Sequence[Person], quarter: date) -> None:
    """Many of those who came for the first time are asked; some of them answer, and some of these refuse a question."""
    planned = stage.plan.diversity
    asked = [person for person in newcomers if stage.draw.randrange(100) < planned.asked_percent]
    back = round(len(asked) * planned.returned_percent / 100)
    ask(stage, organisation, asked, Strand.TRAINING, quarter, back)
    forms = []
    for _ in range(back):
        answers = {
            "sex": [weighted(stage.draw, planned.sex)],
            "ethnicity": [weighted(stage.draw, planned.ethnicity)],
            "disability": disability(stage),
        }
        for question, refused in REFUSED.items():
            if stage.draw.randrange(100) < planned.refused_percent:
                answers[question] = [refused]
        forms.append(Returned(Strand.TRAINING, organisation, answers, quarter))
    diversity.keep_all(forms)


def ask(
    stage: Stage, organisation: Organisation, people: Sequence[Person], strand: Strand, quarter: date, answered: int
) -> None:
    stage.add(
        DiversityInvitation(organisation=organisation, person=person, strand=strand, answered=place < answered)
        for place, person in enumerate(people)
    )
    invitations.count(strand, quarter, len(people))
