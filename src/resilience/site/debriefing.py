"""Working a debrief out of a log. Runs in a process of its own and knows nothing of Django.

The simulator is imported where it is used: the server reads this module too, and starts without it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading

import orjson


def debrief(log: bytes, language: str) -> bytes:
    """The reveal of a recorded session as JSON, without its receipt."""
    from resilience.training.replay import replay
    from resilience.training.reveal import reveal

    return orjson.dumps(reveal(replay(log, name="log").session, language))


def film(log: bytes) -> bytes:
    """The recorded session as frames for the replay in 3D, as JSON."""
    from resilience.training.frames import frames

    return orjson.dumps(frames(log, name="log"))


def live_with_the_server() -> None:
    """Begins the worker: Ctrl-C is the server's to answer, and a server that was killed leaves no worker behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = multiprocessing.parent_process()
    if server is not None:
        threading.Thread(target=end_after, args=(server,), daemon=True).start()


def end_after(server: multiprocessing.process.BaseProcess) -> None:
    server.join()
    os._exit(0)
