"""A novice who leans on the grille before every stopper and steadies the vial: `python scripts/leaning_novice.py SEED`.

Records the session, as long as the expert's own, as the demonstration's trainee on the store of RESILIENCE_DATA, and
prints its id. No virtual trainee of the module makes so many errors; pictures of plates with growth need them.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from typing import Any, Final

from resilience.training import trainees
from resilience.training.log import log_lines
from resilience.training.playing import Played, loaded
from resilience.training.session import Session

MODULE = "aseptic-filling"
MODE: Final = "practice"
Action = dict[str, Any]


def leaning(seed: int) -> tuple[Session, list[Action]]:
    """The session of such a novice and its log's actions: the expert's, at the expert's times, with touches between."""
    taken: list[Action] = []
    trainees.run(loaded(MODULE), seed, mode=MODE, on_action=taken.append)
    acts: list[Action] = []
    session = Session(loaded(MODULE), seed, MODE)
    for act in taken:
        for one in (*_touches(act), act):
            acts.append({**one, "seq": len(acts) + 1, "tick": act["tick"]})
            session.act(acts[-1])
    return session, acts


def _touches(act: Action) -> Iterator[Action]:
    """Sleeve and glove on the front grille, then on the neck of the vial that is about to be closed."""
    if act.get("tool") == "forceps" and str(act.get("target")).startswith("vial-"):
        for target in ({"target": "front-grille"}, {"target": act["target"], "part": "neck"}):
            for part in ("sleeve", "glove"):
                yield {"verb": "touch", "hand": "left", **target, "with": part}


def played(seed: int) -> Played:
    session, acts = leaning(seed)
    header, outcome = session.header, session.outcome(acts)
    log = gzip.compress(b"".join(log_lines(header, acts, outcome.hash)), mtime=0)
    content = header.content_hash or ""
    return Played(header.module, header.version, content, seed, MODE, header.language, log, outcome.as_dict())


def main(seed: int) -> str:
    from resilience.site import serve

    serve.set_up()
    from django_scopes import scopes_disabled

    from resilience.people.models import Account
    from resilience.people.services import actor_of
    from resilience.records.models import SessionRecord
    from resilience.results.demonstration_practice import record

    record(played(seed), actor_of(Account.objects.get(email="trainee@demo.invalid")))
    with scopes_disabled():
        return str(SessionRecord.objects.order_by("-seq").values_list("session", flat=True)[0])


if __name__ == "__main__":
    print(main(int(sys.argv[1])))
