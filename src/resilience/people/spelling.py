"""Spellings brought to a common form, so that what differs only in how it was typed is the same: pure functions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Legal forms of the UK and of the countries whose companies work here, and the Welsh ones of the Companies Act 2006.
LEGAL_FORMS = frozenset(
    {"ltd", "limited", "plc", "llp", "lp", "llc", "inc", "incorporated", "corp", "corporation", "co", "company", "cic"}
    | {"cio", "gmbh", "ag", "se", "sa", "sas", "sarl", "bv", "nv", "ab", "oy", "as", "aps", "spa", "srl"}
    | {"cyf", "cyfyngedig", "ccc", "cbc"}
)
KEY_LENGTH = 120


def folded(text: str) -> str:
    """Without case, accents and widths: "É" and "e" are the same."""
    if text.isascii():
        return text.lower()
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )
    return unicodedata.normalize("NFKC", bare.casefold())


def words(text: str) -> list[str]:
    """Letters and digits in runs, folded; what stands between is gone. "G.S.K." is one word, "O'Neil" too."""
    joined = re.sub(r"['’`]", "", re.sub(r"\b(\w)\.", r"\1", folded(text)))
    return re.findall(r"[^\W_]+", joined)


def key_of(name: str) -> str:
    """The key of an organisation's name: words joined, without a leading "the", "and" or "&", and legal forms.

    Never empty for a name with anything visible in it, and at most KEY_LENGTH long.
    """
    all_words = words(name)
    kept = all_words[1:] if len(all_words) > 1 and all_words[0] == "the" else list(all_words)
    while kept and kept[-1] in LEGAL_FORMS:
        kept.pop()
    if len(kept) > 1:
        kept = [kept[0], *(word for word in kept[1:] if word != "and")]
    return "".join(kept or all_words or folded(name).split())[:KEY_LENGTH]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The key of a person's name: its words in alphabetical order, so that "Smith, Ann" is "Ann Smith"."""
    return " ".join(sorted(words(name)))


def may_be_one(name: str, other: str) -> bool:
    """Whether two names can be one person's: the words of the shorter are words or initials of the longer.

    "Ann Smith", "A. Smith" and "Ann Mary Smith" can be one; "Ann Smith" and "Bob Smith" cannot. An empty name says
    nothing and can be anybody's.
    """
    short, long = sorted((words(name), words(other)), key=len)
    if not short:
        return True
    left, initials = list(long), []
    for word in short:
        if word in left:
            left.remove(word)
        else:
            initials.append(word)
    if len(initials) == len(short):
        return False
    for word in initials:
        match = next((other for other in left if fits_initial(word, other)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def fits_initial(word: str, other: str) -> bool:
    return (len(word) == 1 or len(other) == 1) and word[0] == other[0]
