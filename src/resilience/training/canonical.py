"""One way to write a value as JSON bytes, so that equal values have equal hashes.

In the manner of RFC 8785: keys sorted, no spaces, UTF-8, shortest digits that read back to the same number, a whole
float written as an integer (2.0 and 2 are one value). Exponents are written as Python writes them (1e-05), which no
version of it has changed; RFC 8785 would write 0.00001.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import Any

import orjson

_EXACT_INTEGERS = 2**53
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """Return the canonical JSON of a value made of dicts with string keys, lists, strings, numbers, bools and None.

    Raises ValueError for a number that JSON cannot hold (NaN, infinity) and TypeError for any other type.
    """
    return _encode(_normal(value)).encode()


# A pose as the fast JSON writer gives it, if its numbers are those of the log: so many digits, no exponent.
_NUMBER = rb"-?\d{1,15}(?:\.\d{1,4})?"
_PLACE = rb"(?:null|\[%s(?:,%s)*\])" % (_NUMBER, _NUMBER)
_PLAIN_POSE = re.compile(
    rb'\{(?:"head":%s,)?(?:"left":%s,)?(?:"right":%s,)?(?:"seq":\d{1,15},)?"tick":\d{1,15},"verb":"pose"\}'
    % (_PLACE, _PLACE, _PLACE)
)


def canonical_action(action: dict[str, Any]) -> bytes:
    """Return the canonical JSON of one logged action; the same bytes as `canonical`, faster for poses.

    Poses are nearly all of a log. Their numbers are short, so whole floats can be made integers in the bytes.
    """
    if action.get("verb") == "pose":
        try:
            line = orjson.dumps(action, option=orjson.OPT_SORT_KEYS)
        except TypeError:
            return canonical(action)
        if _PLAIN_POSE.fullmatch(line):
            if b".0" in line:
                for old, new in ((b"-0.0,", b"0,"), (b"-0.0]", b"0]"), (b".0,", b","), (b".0]", b"]")):
                    line = line.replace(old, new)
            return line
    return canonical(action)


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON of a value, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def significant(value: float, digits: int = 6) -> float:
    """Round to a number of significant digits: what is written down must not depend on a machine's last bit."""
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be written as JSON")
    return float(f"{value:.{digits}g}")


def _normal(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} cannot be written as JSON")
        return int(value) if value.is_integer() and abs(value) < _EXACT_INTEGERS else value
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("canonical JSON needs text keys")
        return {key: _normal(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(entry) for entry in value]
    raise TypeError(f"{type(value).__name__} cannot be written as canonical JSON")
