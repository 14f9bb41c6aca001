"""The Welsh catalogue: complete, compiled from what is written, placeholders kept."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from resilience.site.folders import PACKAGE

SITE = PACKAGE / "site"
CATALOGUES = sorted((SITE / "locales").glob("*/cy/LC_MESSAGES/django.po"))
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def written() -> dict[str, list[str]]:
    """Messages and translations of all areas. A message stands in one catalogue only."""
    found: dict[str, list[str]] = {}
    for catalogue in CATALOGUES:
        here = messages_of(catalogue)
        assert set(here) & set(found) == set(), f"{catalogue} repeats messages of another area"
        found |= here
    return found


def messages_of(catalogue: Path) -> dict[str, list[str]]:
    """Messages and translations of one .po file."""
    found: dict[str, list[str]] = {}
    for entry in catalogue.read_text().split("\n\n"):
        message = re.search(r'^msgid "(.*)"$', entry, re.MULTILINE)
        if message:
            texts = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', entry, re.MULTILINE)
            found[unquoted(message[1])] = [unquoted(text) for text in texts]
    found.pop("", None)
    return found


def unquoted(text: str) -> str:
    return str(ast.literal_eval(f'"{text}"'))


def asked_for() -> Iterator[str]:
    """Every message of the templates and the code."""
    for path in [*SITE.rglob("*.html"), *SITE.rglob("*.svg")]:
        if "static" not in path.parts:
            yield from messages(templatize(path.read_text()))
    for room in ("site", "people", "records", "programme", "results"):
        for path in (PACKAGE / room).rglob("*.py"):
            if "migrations" not in path.parts:
                yield from messages(path.read_text())


def messages(source: str) -> Iterator[str]:
    # Templates come as code with gaps; calls are found in either.
    for match in re.finditer(r"\b(_|n?gettext(?:_lazy)?)\(\s*u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", source):
        yield str(ast.literal_eval(match[2]))


def test_every_text_of_the_site_is_translated() -> None:
    asked = set(asked_for())
    assert len(asked) > 150
    assert asked - set(written()) == set()


def test_no_translation_is_empty_or_lacks_a_placeholder() -> None:
    for message, texts in written().items():
        for text in texts:
            assert text, message
            assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(re.findall(r"%\(\w+\)s", message)), message


@pytest.mark.parametrize("written_file", CATALOGUES, ids=lambda path: path.parents[2].name)
def test_the_compiled_catalogue_is_the_written_one(written_file: Path) -> None:
    with written_file.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    catalogue: dict[str | tuple[str, int], str] = vars(compiled)["_catalog"]
    made: dict[str, list[str]] = {}
    for key, text in catalogue.items():
        message = key[0] if isinstance(key, tuple) else key
        made.setdefault(message, []).append(text)
    made.pop("", None)
    assert made == messages_of(written_file)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_dates_put_the_day_first(language: str) -> None:
    from datetime import date

    from django.utils import formats, translation

    with translation.override(language):
        assert formats.date_format(date(2026, 3, 4), "SHORT_DATE_FORMAT").startswith("4 ")
