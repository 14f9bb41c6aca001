"""Pages of skills: the gap, posts, the register, the way from pupil to leader."""

from __future__ import annotations

import csv
import io
from datetime import date

from resilience.people.models import TrailEntry
from resilience.people.permissions import NOBODY
from resilience.programme.skills import gap, held
from resilience.programme.skills.held import Proof
from tests.programme.making import person
from tests.site.conftest import People

DAY = date(2026, 3, 2)
POST = {"employer": "Acme Ltd", "role": "shift-lead", "region": "TLG", "people": "12"}


def test_without_posts_the_page_says_what_to_do(people: People) -> None:
    page = people.client("coordinator").get("/skills").content.decode()
    assert "No post yet" in page
    assert "/skills/posts" in page


def test_a_post_is_entered_shown_and_taken_away(people: People) -> None:
    client = people.client("coordinator")
    refused = client.post("/skills/posts", POST | {"people": "0"})
    assert refused.status_code == 422
    assert gap.posts(people.here) == []
    assert client.post("/skills/posts", POST).status_code == 302
    assert "Acme Ltd" in client.get("/skills/posts").content.decode()
    post = gap.posts(people.here)[0]
    assert client.post(f"/skills/posts/{post.pk}/remove").status_code == 302
    assert gap.posts(people.here) == []
    assert list(TrailEntry.objects.filter(about=f"post:{post.pk}").order_by("pk").values_list("what", flat=True)) == [
        "added job post",
        "removed job post",
    ]


def test_the_gap_is_told_without_anybody_to_be_told_apart(people: People) -> None:
    gap.add_post(people.here, NOBODY, employer="Acme", role="shift-lead", region="TLG", people=12, today=DAY)
    known = [person(people.here, f"Ann {n}") for n in range(6)]
    held.keep(Proof(people.here.pk, one.pk, "deviations", "activity:A", DAY) for one in known)
    held.keep([Proof(people.here.pk, known[0].pk, "batch-records", "activity:A", DAY)])
    client = people.client("coordinator")
    rows = list(csv.DictReader(io.StringIO(client.get("/skills.csv").content.decode("utf-8-sig"))))
    told = {row["code"]: (row["needed"], row["held_nearest_5"], row["gap"]) for row in rows}
    assert told["deviations"] == ("12", "5", "7")
    assert told["batch-records"] == told["leading-others"] == ("12", "", "8")
    page = client.get("/skills").content.decode()
    assert "under 5" in page
    assert "at least 8" in page
    by_region = client.get("/skills?by=region").content.decode()
    assert "West Midlands" in by_region
    chart = client.get("/skills/charts/gap.light.svg").content.decode()
    assert "5 of 12" in chart
    assert "under 5 of 12" in chart


def test_another_partners_posts_stay_theirs(people: People) -> None:
    gap.add_post(people.elsewhere, NOBODY, employer="Bolt", role="shift-lead", region="TLG", people=3, today=DAY)
    assert "No post yet" in people.client("coordinator").get("/skills").content.decode()
    assert "Deviations" in people.client("lead").get("/skills").content.decode()


def test_the_register_is_shown_with_its_frameworks(people: People) -> None:
    page = people.client("lead").get("/skills/roles").content.decode()
    assert "to be confirmed by employers" in page
    assert "SPE201" in page
    client = people.client("lead")
    client.post("/language", {"language": "cy"})
    assert "Gweithredwr aseptig" in client.get("/skills/roles").content.decode()


def test_the_way_from_pupil_to_leader_hides_few(people: People) -> None:
    page = people.client("lead").get("/skills/pipeline").content.decode()
    assert "heads of pupils" in page
    assert page.count("under 5") == 6
