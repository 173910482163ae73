"""How long one save of a story takes until it is on the disk (WAL, synchronous=FULL).

Run by hand: ``python story_save.py [folder]``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from workstation.domain.body import body_from_text
from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.store import Store

SAVES = 100


def story_of(kilobytes: int) -> Story:
    """A story whose document is about so large."""
    paragraph = "The river rose and the ministers met again at the upper lock to sign. " * 8
    return Story(
        slug="river", headline="A river", news=body_from_text("\n".join([paragraph] * (kilobytes * 1000 // len(paragraph))))
    )


def told(name: str, times: list[float]) -> str:
    """One line of the table."""
    times = sorted(times)
    tail = times[int(len(times) * 0.95)]
    return f"{name:36} median {statistics.median(times):6.2f} ms   p95 {tail:6.2f} ms   worst {times[-1]:6.2f} ms"


def main(folder: Path) -> None:
    """Save stories of three sizes, each time changed."""
    with Store.open(folder / "desk.db") as store:
        number = store.stories.add(Story(slug="river", headline="A river"))
        for kilobytes in (3, 30, 300):
            story = story_of(kilobytes)
            document = write_json(story)
            saves, proofs = [], []
            for count in range(SAVES):
                began = time.perf_counter()
                store.stories.save(number, replace(story, headline=f"A river {count}"))
                saved = time.perf_counter()
                read_json(document)
                saves.append((saved - began) * 1000)
                proofs.append((time.perf_counter() - saved) * 1000)
            print(told(f"save of {len(document.encode()) // 1000} kB", saves))
            print(told("   of which reading it back", proofs))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made))
