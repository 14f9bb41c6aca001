"""A module's folder is read whole or refused with file, line, key and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from resilience.training import modules
from resilience.training.errors import BadInput

Edit = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small shipped module, to be spoilt."""
    return Path(shutil.copytree(modules.SHIPPED / "controls", tmp_path / "controls"))


def replaced(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


BAD = [
    # what is wrong, the edit, the file, a text of the line that is named, what the message says
    ("missing key", replaced("module.yaml", "minutes: 3\n", ""), "module.yaml", "id: controls", "`minutes`"),
    ("wrong type", replaced("module.yaml", "minutes: 3", "minutes: three"), "module.yaml", "minutes", "`minutes`"),
    (
        "unknown key",
        replaced("scene.yaml", "start: trolley", "start: trolley\nsky: blue"),
        "scene.yaml",
        "sky",
        "`sky`",
    ),
    ("unknown mode", replaced("module.yaml", "practice]", "exam]"), "module.yaml", "exam", "`exam` is not known"),
    (
        "twice a key",
        replaced("module.yaml", "minutes: 3", "minutes: 3\nminutes: 4"),
        "module.yaml",
        "minutes: 4",
        "twice",
    ),
    ("no YAML", replaced("checks.yaml", "checks:", "checks: ]"), "checks.yaml", "checks: ]", "not YAML"),
    (
        "unknown plant kind",
        replaced("scene.yaml", "id: bottle, kind: bottle", "id: bottle, kind: flask"),
        "scene.yaml",
        "flask",
        "`flask` is no plant kind",
    ),
    (
        "unknown surface of equipment",
        replaced("scene.yaml", "surface: worktop}", "surface: tabletop}"),
        "scene.yaml",
        "tabletop",
        "`tabletop` is no surface",
    ),
    (
        "unknown surface of an item",
        replaced("scene.yaml", "on: worktop", "on: shelf"),
        "scene.yaml",
        "on: shelf",
        "`shelf` is no surface",
    ),
    (
        "unknown station",
        replaced("scene.yaml", "start: trolley", "start: attic"),
        "scene.yaml",
        "attic",
        "`attic` is no station",
    ),
    (
        "duplicate item",
        replaced("scene.yaml", "{id: spray, kind: spray", "{id: bottle, kind: spray"),
        "scene.yaml",
        "kind: spray",
        "two items are called `bottle`",
    ),
    (
        "an item that stands nowhere",
        replaced("scene.yaml", "kind: spray, on: trolley-top, slot: b2}", "kind: spray}"),
        "scene.yaml",
        "kind: spray",
        "`spray` stands nowhere",
    ),
    (
        "unknown slot",
        replaced("scene.yaml", "slot: b1", "slot: z9"),
        "scene.yaml",
        "z9",
        "`z9` is no slot",
    ),
    (
        "dangling item in a pattern",
        replaced("procedure.yaml", "item: bottle, how: take", "item: jar, how: take"),
        "procedure.yaml",
        "jar",
        "`jar` is no item",
    ),
    (
        "unknown event",
        replaced("procedure.yaml", "done: {kind: hinted}", "done: {kind: hint_given}"),
        "procedure.yaml",
        "hint_given",
        "`hint_given` is no kind of event",
    ),
    (
        "a pattern without a kind",
        replaced("procedure.yaml", "done: {kind: hinted}", "done: {step: x}"),
        "procedure.yaml",
        "done: {step: x}",
        "names no event kind",
    ),
    (
        "unknown verb of the expert",
        replaced("procedure.yaml", "expert: [{move: cabinet}]", "expert: [{fly: cabinet}]"),
        "procedure.yaml",
        "fly",
        "`fly` is no verb",
    ),
    (
        "a line that lacks a field",
        replaced("procedure.yaml", "{take: right, item: bottle, grip: body}", "{take: right, grip: body}"),
        "procedure.yaml",
        "{take: right, grip: body}",
        "`take` lacks `item`",
    ),
    (
        "a count that counts nothing",
        replaced("procedure.yaml", "done: {kind: hinted}", "done: {count: {of: {kind: hinted}, times: 2}}"),
        "procedure.yaml",
        "times: 2",
        "`count` is not",
    ),
    (
        "a pattern beside a list of patterns",
        replaced("procedure.yaml", "done: {kind: hinted}", "done: {any: [{kind: hinted}], kind: moved}"),
        "procedure.yaml",
        "kind: moved}",
        "something stands beside `any`",
    ),
    (
        "a condition nobody knows",
        replaced("procedure.yaml", "{hint: asked}", "{hint: asked, when: raining}"),
        "procedure.yaml",
        "raining",
        "`raining` is no condition",
    ),
    (
        "a name nobody can fill in",
        replaced("procedure.yaml", "{fact:airflow_reading}", "{weather}"),
        "procedure.yaml",
        "{weather}",
        "`{weather}` is not known",
    ),
    (
        "unknown fact",
        replaced("scene.yaml", "fact: airflow_reading", "fact: humidity"),
        "scene.yaml",
        "humidity",
        "`humidity` is no fact",
    ),
    (
        "duplicate step",
        replaced("procedure.yaml", "- id: menu", "- id: take"),
        "procedure.yaml",
        None,
        "two steps are called `take`",
    ),
    (
        "unknown check kind",
        replaced("checks.yaml", "kind: never", "kind: vibes"),
        "checks.yaml",
        "vibes",
        "unknown check kind `vibes`",
    ),
    (
        "wrong parameter of a check",
        replaced("checks.yaml", "m_s: 0.6", "m_s: fast"),
        "checks.yaml",
        "m_s: fast",
        "m_s",
    ),
    (
        "unknown code",
        replaced("checks.yaml", "code: WST", "code: ABC"),
        "checks.yaml",
        "ABC",
        "`ABC` is not known",
    ),
    (
        "a mutation of an unknown step",
        replaced("mutations.yaml", "step: put-down", "step: juggle"),
        "mutations.yaml",
        "juggle",
        "`juggle` is no step",
    ),
    (
        "a mutation that names an unknown check",
        replaced("mutations.yaml", "catches: [dropped]", "catches: [smiled]"),
        "mutations.yaml",
        "smiled",
        "`smiled` is no check",
    ),
    (
        "a check without a standard",
        replaced("standard.yaml", ", hurried-hand: {minimum: 0}", ""),
        "standard.yaml",
        "items",
        "`hurried-hand` has no minimum",
    ),
    (
        "a range that is none",
        replaced("bill.yaml", "value: 0, low: 0", "value: 0, low: 1"),
        "bill.yaml",
        "lost_batch_gbp",
        "low, value and high",
    ),
    (
        "a text missing in one language",
        replaced("text/cy.yaml", "  bottle: potel\n", ""),
        "text/cy.yaml",
        "item:",
        "the text `item.bottle` is missing",
    ),
    (
        "an extra text in one language",
        replaced("text/en.yaml", "title: Finding", "extra: more\ntitle: Finding"),
        "text/cy.yaml",
        "title:",
        "the text `extra` is missing",
    ),
    (
        "an empty text",
        replaced("text/en.yaml", "operation.lesson: Lesson", 'operation.lesson: ""'),
        "text/en.yaml",
        "operation.lesson",
        "is no text",
    ),
]


@pytest.mark.parametrize(("edit", "file", "line", "says"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_module_is_refused_with_file_line_and_reason(
    folder: Path, edit: Edit, file: str, line: str | None, says: str
) -> None:
    edit(folder)
    with pytest.raises(BadInput) as caught:
        modules.load(folder)
    error = caught.value
    assert error.where.startswith(f"{file}:")
    if line is not None:
        assert error.where == f"{file}:{line_of(folder, file, line)}"
    assert says in str(error)
    assert error.fix


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "checks.yaml").unlink()
    with pytest.raises(BadInput, match=r"checks\.yaml: the file is missing"):
        modules.load(folder)


def test_unknown_module_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="there is no module `juggling`") as caught:
        modules.load("juggling")
    assert "aseptic-filling" in caught.value.fix


def test_modules_of_a_site_are_found_beside_the_shipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = folder.rename(folder.parent / "our-lesson")
    monkeypatch.setenv(modules.SETTING, str(own.parent))
    assert modules.available() == ["aseptic-filling", "controls", "first-vials", "our-lesson"]
    assert modules.load("our-lesson").folder == own


def test_counted_and_held_items_are_written_out() -> None:
    module = modules.load("aseptic-filling")
    assert module.of_kind["vial"] == tuple(f"vial-{n}" for n in range(1, 13))
    assert len(module.of_kind["stopper"]) == 14
    assert module.items["stopper-14"].in_ == "stopper-bowl"
    assert module.text("en", "item.vial-12") == "vial 12"


def test_content_hash_follows_the_content_and_not_the_layout(folder: Path) -> None:
    before = modules.load(folder).content_hash
    path = folder / "module.yaml"
    path.write_text("# a remark\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert modules.load(folder).content_hash == before
    replaced("module.yaml", "minutes: 3", "minutes: 4")(folder)
    assert modules.load(folder).content_hash != before


class TestOverlay:
    def test_lays_limits_names_and_texts_over_the_module(self, tmp_path: Path) -> None:
        (tmp_path / "text").mkdir()
        (tmp_path / "module.yaml").write_text("site: {name: Cwm Pharma, sop: SOP-17, effective: 2026-11-01}\n")
        (tmp_path / "checks.yaml").write_text("checks: [{id: hurried-hand, with: {m_s: 0.4}}]\n")
        (tmp_path / "text" / "en.yaml").write_text("station: {desk: Bench}\n")
        plain, site = modules.load("controls"), modules.load("controls", overlay=tmp_path)
        assert (site.head.site.name, site.head.site.effective) == ("Cwm Pharma", "2026-11-01")
        check = next(check for check in site.checks if check.id == "hurried-hand")
        assert check.with_ == {"m_s": 0.4, "seconds": 0.5, "zone": "cabinet"}
        assert site.text("en", "station.desk") == "Bench"
        assert site.content_hash != plain.content_hash

    def test_takes_a_thing_out(self, tmp_path: Path) -> None:
        (tmp_path / "checks.yaml").write_text("checks: [{id: dropped, remove: true}]\n")
        (tmp_path / "mutations.yaml").write_text("mutations: [{id: let-it-fall, remove: true}]\n")
        (tmp_path / "standard.yaml").write_text("items: {dropped: null}\n")
        module = modules.load("controls", overlay=tmp_path)
        assert [check.id for check in module.checks] == ["hurried-hand"]
        assert list(module.standard.items) == ["hurried-hand"]

    def test_error_points_into_the_overlay(self, tmp_path: Path) -> None:
        site = tmp_path / "ours"
        site.mkdir()
        (site / "checks.yaml").write_text("checks:\n  - {id: hurried-hand, severity: awful}\n")
        with pytest.raises(BadInput) as caught:
            modules.load("controls", overlay=site)
        assert caught.value.where == "ours/checks.yaml:2"

    def test_unknown_file_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "colours.yaml").write_text("a: 1\n")
        with pytest.raises(BadInput, match="a module has no such file"):
            modules.load("controls", overlay=tmp_path)


class TestBasedOn:
    def test_a_folder_may_hold_only_what_differs_from_another_module(self) -> None:
        whole, short = modules.load("aseptic-filling"), modules.load("first-vials")
        assert len(short.of_kind["vial"]) == 3
        assert short.id == "first-vials"
        assert {check.id for check in short.checks} < {check.id for check in whole.checks}
        assert short.text("cy", "station.desk") == whole.text("cy", "station.desk")
        assert short.text("en", "title") != whole.text("en", "title")

    def test_its_content_follows_the_content_of_the_other(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        based_on(folder.name, tmp_path / "quick")
        monkeypatch.setattr(modules, "SHIPPED", tmp_path)
        before = modules.load("quick").content_hash
        replaced("scene.yaml", "ml: 50", "ml: 40")(folder)
        assert modules.load("quick").content_hash != before

    @pytest.mark.parametrize("base", ["nothing", "quick", "circle"])
    def test_a_base_that_is_not_there_or_leads_in_a_circle_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str
    ) -> None:
        based_on(base, tmp_path / "quick")
        based_on("quick", tmp_path / "circle")
        monkeypatch.setattr(modules, "SHIPPED", tmp_path)
        with pytest.raises(BadInput, match="cannot be based on") as caught:
            modules.load("quick")
        assert caught.value.where == "module.yaml:2"

    def test_a_language_that_the_other_does_not_speak_is_refused(
        self, monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
    ) -> None:
        based_on(folder.name, tmp_path / "quick")
        head = tmp_path / "quick" / "module.yaml"
        head.write_text(head.read_text() + "languages: [en, gd]\n")
        monkeypatch.setattr(modules, "SHIPPED", tmp_path)
        with pytest.raises(BadInput, match="no texts in `gd`") as caught:
            modules.load("quick")
        assert caught.value.where.startswith("quick/module.yaml:3")


def based_on(base: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "module.yaml").write_text(f"id: {folder.name}\nbased_on: {base}\n")
