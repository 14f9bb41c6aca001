"""Text that people type or paste, made plain before it is kept: no invisible tricks, no control characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Joiners that some scripts need inside a word (Unicode Standard 23.2); every other format character is invisible
# layout: right-to-left overrides, zero-width spaces, byte order marks, tags.
JOINERS = "\u200c\u200d"


class TextError(ValueError):
    """What is wrong with a text, in words for whoever typed it."""


def clean(text: str, limit: int, lines: bool = False) -> str:
    """The text in NFC, invisible format characters gone, runs of white space one space, ends trimmed.

    lines: keep line breaks (for areas of several lines). Raises TextError for control characters, letters without a
    meaning in Unicode, and more than `limit` characters.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf" or c in JOINERS)
    if lines:
        plain = "\n".join(re.sub(r"[^\S\n]+", " ", line).strip() for line in plain.split("\n")).strip()
    else:
        plain = re.sub(r"\s+", " ", plain).strip()
    for place, letter in enumerate(plain, start=1):
        if letter != "\n" and unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}:
            raise TextError(
                _("Character %(place)s (U+%(code)s) is no letter or sign: remove it or type the text again.")
                % {"place": place, "code": f"{ord(letter):04X}"}
            )
    if len(plain) > limit:
        raise TextError(
            _("This is %(length)s characters long; at most %(limit)s fit. Shorten it.")
            % {"length": len(plain), "limit": limit}
        )
    return plain


class CleanCharField(forms.CharField):
    """A form's field whose text is cleaned. max_length is needed; with a textarea, line breaks stay."""

    def __init__(self, *, max_length: int, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        # clean() says the same of excess, and knows of line breaks.
        self.limit = max_length

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return clean(text, self.limit, lines=isinstance(self.widget, forms.Textarea))
        except TextError as error:
            raise ValidationError(str(error)) from error
