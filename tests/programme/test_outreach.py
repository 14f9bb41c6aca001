"""A class from its code to its counts: who joins, how far they come, and that nothing else remains."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django_scopes import scope, scopes_disabled

from resilience.people.few import FEWEST
from resilience.people.models import Organisation
from resilience.people.permissions import NOBODY
from resilience.people.tokens import hashed
from resilience.programme import outreach
from resilience.programme.codes import WALL_LETTERS
from resilience.programme.models import Activity, ActivityStatus, ClassDevice, ClassJoin, HeadCount

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
TOLD = {"headline": "All clear.", "findings": []}


def activity(**fields: object) -> Activity:
    organisation, _ = Organisation.objects.get_or_create(name="College")
    given = {"kind": "outreach", "format": "in-person", "status": "open", "title": "Open day", "code": "OUT-1"} | fields
    return Activity.objects.create(organisation=organisation, starts_at=NOW, ends_at=LATER, **given)


def opened(modules: tuple[str, ...] = ("controls", "aseptic-filling")) -> ClassJoin:
    return outreach.open_class(activity(), modules, "Year 9", LATER, NOBODY, NOW)


def test_a_code_can_be_read_from_a_wall_and_typed_anyhow(store: str) -> None:
    group = opened()
    assert group.code is not None
    assert len(group.code) == outreach.CODE_LENGTH
    assert set(group.code) <= set(WALL_LETTERS)
    assert not set(WALL_LETTERS) & set("AEIOU0O1IL2Z5S8BVU")
    typed = f" {group.code[:3].lower()}-{group.code[3:]} "
    joined, token = outreach.join(typed, NOW)
    assert joined.pk == group.pk
    assert outreach.device_of(token, NOW) is not None


def test_a_pupil_goes_through_the_modules_in_order_and_is_counted(store: str) -> None:
    group = opened()
    _, token = outreach.join(group.code or "", NOW)
    device = outreach.device_of(token, NOW)
    assert device is not None
    assert outreach.next_module(device) == "controls"
    outreach.play(device, "first")
    outreach.played("first", TOLD)
    outreach.played("first", TOLD)  # told twice, as after a crash
    device = outreach.device_of(token, NOW)
    assert device is not None
    assert (outreach.next_module(device), device.told, device.finished) == ("aseptic-filling", TOLD, False)
    assert outreach.counts(group) == outreach.Counts(1, 1, 0, [], [])
    outreach.play(device, "second")
    outreach.played("second", TOLD)
    device = outreach.device_of(token, NOW)
    assert device is not None
    assert outreach.next_module(device) is None
    assert outreach.counts(group).finished == 1


def test_what_is_skipped_is_not_finished_and_the_last_part_cannot_be_skipped(store: str) -> None:
    group = opened()
    _, token = outreach.join(group.code or "", NOW)
    for _time in range(3):
        device = outreach.device_of(token, NOW)
        assert device is not None
        outreach.skip(device)
    device = outreach.device_of(token, NOW)
    assert device is not None
    assert outreach.next_module(device) == "aseptic-filling"
    assert outreach.counts(group).finished == 0


def test_when_it_closes_only_counts_remain(store: str) -> None:
    group = opened()
    tokens = [outreach.join(group.code or "", NOW)[1] for _pupil in range(6)]
    for place, token in enumerate(tokens):
        device = outreach.device_of(token, NOW)
        assert device is not None
        outreach.tell_interest(device, "before", 1 + place % 3)
        outreach.play(device, f"session-{place}")
    before = outreach.counts(group)
    sessions = outreach.close_class(group, NOBODY, LATER)
    assert sorted(sessions) == [f"session-{place}" for place in range(6)]
    with scopes_disabled():
        assert not ClassDevice.objects.exists()
        left = ClassJoin.objects.get()
        heads = HeadCount.objects.get()
    assert left.code is None
    assert outreach.counts(left) == before == outreach.Counts(6, 6, 0, [2, 2, 2, 0, 0], [])
    assert (heads.number, heads.kind, heads.year_group) == (6, "estimate", "Year 9")
    assert outreach.device_of(tokens[0], NOW) is None
    assert outreach.close_class(left, NOBODY, LATER) == []
    with scopes_disabled():
        assert HeadCount.objects.count() == 1


def test_no_token_and_no_session_of_a_pupil_stands_anywhere_afterwards(embedded_store: str) -> None:
    group = opened()
    _, token = outreach.join(group.code or "", NOW)
    device = outreach.device_of(token, NOW)
    assert device is not None
    outreach.play(device, "the-session-of-a-pupil")
    outreach.close_class(group, NOBODY, LATER)
    for model in apps.get_models():
        with scopes_disabled():
            for row in model._base_manager.values():
                held = repr(row)
                assert token not in held
                assert hashed(token) not in held
                assert "the-session-of-a-pupil" not in held


def test_a_head_count_given_by_who_was_there_is_better_than_devices(store: str) -> None:
    group = opened()
    outreach.join(group.code or "", NOW)
    outreach.close_class(group, NOBODY, LATER, heads=27, kind="register")
    with scopes_disabled():
        heads = HeadCount.objects.get()
    assert (heads.number, heads.kind) == (27, "register")


def test_few_answers_are_neither_shown_nor_kept(store: str) -> None:
    group = opened()
    for _pupil in range(FEWEST - 1):
        device = outreach.device_of(outreach.join(group.code or "", NOW)[1], NOW)
        assert device is not None
        outreach.tell_interest(device, "after", 5)
    assert outreach.counts(group).interest_after == []
    outreach.close_class(group, NOBODY, LATER)
    with scopes_disabled():
        assert ClassJoin.objects.get().interest_after == []


def test_a_code_opens_nothing_once_its_time_is_over(store: str) -> None:
    group = opened()
    code = group.code or ""
    _, token = outreach.join(code, NOW)
    with pytest.raises(outreach.ClosedClassError):
        outreach.join(code, LATER)
    assert outreach.device_of(token, LATER) is None
    outreach.close_expired(NOW)
    with scopes_disabled():
        assert ClassDevice.objects.count() == 1
    outreach.close_expired(LATER)
    with scopes_disabled():
        assert ClassDevice.objects.count() == 0
    for wrong in ("", "??????", "A" * 500):
        with pytest.raises(outreach.ClosedClassError):
            outreach.join(wrong, NOW)


def test_a_class_has_room_for_so_many_devices(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outreach, "MOST_DEVICES", 2)
    group = opened()
    outreach.join(group.code or "", NOW)
    outreach.join(group.code or "", NOW)
    with pytest.raises(outreach.FullClassError):
        outreach.join(group.code or "", NOW)


@pytest.mark.parametrize(
    ("fields", "modules", "expires_at", "field"),
    [
        ({"kind": "training"}, ["controls"], LATER, "activity"),
        ({"status": ActivityStatus.CANCELLED}, ["controls"], LATER, "activity"),
        ({}, [], LATER, "modules"),
        ({}, ["controls"], NOW, "expires_at"),
        ({}, ["controls"], NOW + timedelta(days=2), "expires_at"),
    ],
)
def test_what_cannot_be_opened_says_which_field(
    embedded_store: str, fields: dict[str, str], modules: list[str], expires_at: datetime, field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        outreach.open_class(activity(**fields), modules, "", expires_at, NOBODY, NOW)
    assert list(caught.value.message_dict) == [field]


@pytest.mark.parametrize("points", [0, 6, -1])
def test_interest_is_one_of_five(embedded_store: str, points: int) -> None:
    device = outreach.device_of(outreach.join(opened().code or "", NOW)[1], NOW)
    assert device is not None
    with pytest.raises(ValidationError):
        outreach.tell_interest(device, "before", points)


def test_classes_are_read_in_the_scope_of_their_organisation(embedded_store: str) -> None:
    group = opened()
    other = Organisation.objects.create(name="Other")
    with scope(organisation=other.pk):
        assert not ClassJoin.objects.exists()
    with scope(organisation=group.activity.organisation_id):
        assert ClassJoin.objects.get() == group
