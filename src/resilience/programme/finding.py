"""Finding an activity by its code, holding it while its places change, naming it in the trail."""

from __future__ import annotations

from resilience.people.scopes import whole_programme
from resilience.programme.models import Activity


def find(code: str) -> Activity | None:
    """The activity with a code, of whichever organisation: the code is public, and letter case does not matter."""
    with whole_programme("an activity's code is public"):
        return Activity.objects.select_related("organisation").filter(code=code.strip().upper()).first()


def locked(activity: Activity) -> Activity:
    """The activity as it stands, nobody else changing it or its places until the transaction ends."""
    return Activity.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=activity.pk)


def about_of(activity: Activity) -> str:
    """How the trail names an activity."""
    return f"activity:{activity.code}"
