"""When Python's collector looks for what nobody needs any more."""

from __future__ import annotations

import gc

COLLECTED_AFTER = (20_000, 20, 50)
"""The thresholds of the collector's three generations."""


def collect_rarely() -> None:
    """Let the collector look only at what comes from now on, and less often.

    What the start made stays for good. With thousands of sources in hand a look at everything would stop the window for a tenth
    of a second, and cost a tenth of the time of an import.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    gc.enable()
