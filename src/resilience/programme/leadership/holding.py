"""What the leadership accelerator holds of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from resilience.people.privacy import TableHolder
from resilience.programme.models import Application, Assessment, CohortMember, Review

HOLDERS = [
    TableHolder(
        Application,
        _("Applications to the accelerator"),
        also=("call__code", "employer__name"),
        emptied={"answers": {}},
    ),
    # The scores stay, since selections were made by them; the reviewers' words about an application go.
    TableHolder(
        Review,
        _("Reviews of an application"),
        by="application__person",
        left_out=("reviewer",),
        emptied={"comment": ""},
    ),
    TableHolder(
        CohortMember,
        _("Membership of a cohort"),
        also=("cohort__activity__code", "employer__name"),
        emptied={"project": "", "follow_up": []},
    ),
    TableHolder(Assessment, _("Leadership behaviours"), by="member__person", also=("member__cohort__activity__code",)),
]
