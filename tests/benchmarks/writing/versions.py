"""How much room 2,000 versions of a year's story take: it grows from 3 KB to 30 KB, with cuts, rewording and moved cards.

Run by hand: ``python versions.py [versions]``. The last line is the time to read and to compare any of them.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from workstation.domain.body import Block, Body, Run, body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.story_diff import compare
from workstation.domain.story_document import write_json
from workstation.domain.version import VersionKind
from workstation.store import Store

ALPHABET = "aabcdeeefghiiklmnnooprrssttuuvwy"
SMALLEST, LARGEST = 3_000, 30_000


def vocabulary(chance: random.Random) -> list[str]:
    """Six thousand invented words, few of them often: what compresses no better than prose."""
    return ["".join(chance.choice(ALPHABET) for _ in range(chance.randint(2, 11))) for _ in range(6000)]


def sentence(chance: random.Random, words: list[str]) -> str:
    """A sentence of invented prose, about 90 characters."""
    chosen = [words[min(int(chance.paretovariate(0.6)), len(words)) - 1] for _ in range(chance.randint(8, 20))]
    return f"{' '.join(chosen).capitalize()}."


def edited(story: Story, chance: random.Random, words: list[str], wanted: int, size: int) -> Story:
    """The story after a minute's work: a sentence or two more where it may grow, else a reworded or a cut one."""
    card = chance.choice(story.signals)
    at = chance.randrange(len(card.body.blocks))
    text = card.body.blocks[at].runs[0].text
    sentences = text.split(". ")
    if size < wanted or len(sentences) < 3:
        sentences.insert(chance.randint(0, len(sentences)), sentence(chance, words)[:-1])
    elif chance.random() < 0.6:
        sentences[chance.randrange(len(sentences))] = sentence(chance, words)[:-1]
    else:
        sentences.pop(chance.randrange(len(sentences)))
    blocks = (*card.body.blocks[:at], Block((Run(". ".join(sentences)),)), *card.body.blocks[at + 1 :])
    changed = story.with_changed_card(replace(card, body=Body(blocks)))
    return changed.with_moved_card(card.key, 0) if chance.random() < 0.02 else changed


def begin(chance: random.Random, words: list[str]) -> Story:
    """A story of 3 KB with its sources."""
    cards = tuple(
        SignalCard(
            headline=sentence(chance, words)[:60],
            sources=(Source(name=f"Outlet {n}", url=f"https://outlet-{n}.example/{chance.random()}", item=f"{n:012x}"),),
            body=body_from_text("\n".join(sentence(chance, words) for _ in range(2))),
        )
        for n in range(8)
    )
    return Story(slug="river", headline="A river", news=body_from_text(sentence(chance, words)), signals=cards)


def main(folder: Path, count: int) -> None:
    """Keep the versions, then measure the file and the reading."""
    chance = random.Random(2026)
    words = vocabulary(chance)
    story = begin(chance, words)
    with Store.open(folder / "desk.db") as store:
        number = store.stories.add(story)
        times: list[float] = []
        for at in range(count):
            size = len(write_json(story))
            story = edited(story, chance, words, SMALLEST + (LARGEST - SMALLEST) * at // count, size)
            began = time.perf_counter()
            store.versions.add(number, story, VersionKind.AUTOMATIC)
            times.append((time.perf_counter() - began) * 1000)
        with store._connections.reading() as connection:
            row = connection.execute("SELECT sum(length(delta)), sum(whole) FROM story_version").fetchone()
            wholes = connection.execute("SELECT sum(length(delta)) FROM story_version WHERE whole").fetchone()[0]
            pages = connection.execute("PRAGMA page_count").fetchone()[0] * 4096
        print(f"{count} versions, the last of {len(write_json(story).encode()):,} bytes")
        print(f"deltas {row[0]:,} bytes, of which {row[1]} whole ones {wholes:,}; the whole store file {pages:,} bytes")
        print(f"keeping one: median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms")
        reads, diffs = [], []
        for at in range(40, count, max(1, count // 60)):
            began = time.perf_counter()
            old, new = store.versions.read(number, at), store.versions.read(number, at + 1)
            read = time.perf_counter()
            compare(old, new)
            reads.append((read - began) * 500)
            diffs.append((time.perf_counter() - read) * 1000)
        began = time.perf_counter()
        compare(store.versions.read(number, 1), story)
        print(f"reading one: median {statistics.median(reads):.2f} ms, worst {max(reads):.2f} ms")
        print(f"comparing two neighbours: median {statistics.median(diffs):.2f} ms, worst {max(diffs):.2f} ms", end="; ")
        print(f"the first with the last {(time.perf_counter() - began) * 1000:.1f} ms")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made), int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
