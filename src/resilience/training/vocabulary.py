"""Words that actions and plans share: to whom one reports, about what, and what a signature means."""

from __future__ import annotations

from typing import Final

REPORT_TO: Final = ("supervisor", "quality")
REPORT_KINDS: Final = ("deviation", "alarm", "question")
MEANINGS: Final = ("performed", "checked")
