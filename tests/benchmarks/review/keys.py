"""What one key costs until the story is judged again: ten cards, thirty sources of 2,000 words, off the window's thread.

Run with ``./run bench review/keys [--keys N]``. Prints one JSON object a line: for each place in which keys are typed the
milliseconds of the review alone (``check``) and of the whole way (``review``: story, archive, waivers and all rules),
p50, p95 and the slowest, as the thread's processor time and (``wall``) by the clock, and how many problems stood at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter, thread_time

sys.path.insert(0, str(Path(__file__).parents[1] / "inbox"))
from invented import Inventor

from workstation.domain.body import read_html
from workstation.domain.item import Capture
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check
from workstation.workflow.archive import archive_of
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.desk import Desk

CARDS, SOURCES, WORDS = 10, 3, 2000
LETTERS = "the harbour was closed "


def sources() -> list[Capture]:
    """Thirty items of 2,000 words, in English-like words."""
    captures, whole = [], Inventor(1000).captures(0, 1000)
    english = [capture for capture in whole if capture.item.language == "en"]
    each = WORDS // 300 + 1
    for number in range(CARDS * SOURCES):
        parts = english[number * each : (number + 1) * each]
        text = "\n".join(sentences(part.item.text) for part in parts)
        text = " ".join(text.split(" ")[:WORDS])
        captures.append(replace(parts[0], item=replace(parts[0].item, text=text, words=WORDS)))
    return captures


def sentences(text: str) -> str:
    """The words as sentences of fourteen, with a name in each."""
    words = text.split()
    pieces = [words[at : at + 14] for at in range(0, len(words), 14)]
    return " ".join(f"{' '.join(piece).capitalize()} {piece[0].capitalize()}." for piece in pieces)


def story_of(captures: list[Capture]) -> Story:
    """Ten cards over three sources each, with some twelve sentences and four quotations; one of them is altered."""
    chance = random.Random(7)
    cards = []
    for number in range(CARDS):
        items = [capture.item for capture in captures[number * SOURCES : (number + 1) * SOURCES]]
        paragraphs = []
        for turn in range(4):
            words = items[turn % SOURCES].text.split()
            at = chance.randrange(len(words) - 40)
            quoted = words[at : at + chance.randint(4, 25)]
            if turn == 3:
                quoted[len(quoted) // 2] = "otherwise"
            plain = sentences(" ".join(chance.choices(words, k=28)))
            paragraphs.append(f"<p>{plain} “{' '.join(quoted)},” {items[turn % SOURCES].outlet} reported.</p>")
        chips = tuple(Source(name=item.outlet or "", url=item.url, item=item.id) for item in items)
        cards.append(SignalCard(headline=f"Card {number}", sources=chips, body=read_html("".join(paragraphs)).body))
    news = read_html("<p>The harbour was closed on Monday. Ships wait.</p>").body
    return Story(slug="keys", headline="Ships wait", language="en", region="Sea", news=news, signals=tuple(cards))


def typed(story: Story, card: int, at: Callable[[str], int], key: int) -> Story:
    """The story with one letter more in a card."""
    signal = story.signals[card]
    text = signal.body.text
    place = at(text)
    blocks = list(signal.body.blocks)
    begin = 0
    for index, block in enumerate(blocks):
        if place <= begin + len(block.text):
            (run,) = block.runs
            inside = place - begin
            letter = LETTERS[key % len(LETTERS)]
            words = run.text[:inside] + letter + run.text[inside:]
            blocks[index] = replace(block, runs=(replace(run, text=words),))
            break
        begin += len(block.text) + 1
    return story.with_changed_card(replace(signal, body=replace(signal.body, blocks=tuple(blocks))))


PLACES: dict[str, Callable[[str], int]] = {
    "plain words": lambda text: text.index("“") - 2,
    "a quotation": lambda text: text.index("”") - 1,
    "a long quotation's middle": lambda text: (text.rindex("“") + text.rindex("”")) // 2,
}


class Times:
    """What runs in its ``with`` took, in milliseconds: of this thread's processor time, and by the clock."""

    def __init__(self) -> None:
        self._processor: list[float] = []
        self._wall: list[float] = []

    def __enter__(self) -> None:
        self._begin = thread_time(), perf_counter()

    def __exit__(self, *_: object) -> None:
        self._processor.append((thread_time() - self._begin[0]) * 1000)
        self._wall.append((perf_counter() - self._begin[1]) * 1000)

    def figures(self) -> dict[str, object]:
        """p50, p95 and the slowest."""
        return {**_figures(self._processor), "wall": _figures(self._wall)}


def _figures(times: list[float]) -> dict[str, float]:
    return {"p50": _percentile(times, 0.5), "p95": _percentile(times, 0.95), "max": round(max(times), 2)}


def _percentile(times: list[float], share: float) -> float:
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 2)


def measure(keys: int) -> None:
    """Type into each place and print what it cost."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        captures = sources()
        desk.store.items.keep_all(captures)
        first = story_of(captures)
        number = desk.store.stories.add(first)
        begin = perf_counter()
        desk.reviewing.review(number)
        print(json.dumps({"first review ms": round((perf_counter() - begin) * 1000, 1)}))
        backgrounds = Backgrounds(desk.store, desk.publications, desk.styles)
        for name, at in PLACES.items():
            story = first
            alone, whole = Times(), Times()
            for key in range(keys):
                story = typed(story, 4, at, key)
                kept = archive_of(desk.store, story.item_ids)
                background = backgrounds.of(story, kept, number)
                if key % 2:
                    with alone:
                        found = check(story, kept.items, background)
                else:
                    with whole:
                        desk.reviewing.review(number, story)
            told = {"place": name, "check": alone.figures(), "review": whole.figures(), "problems": len(found.problems)}
            print(json.dumps(told))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=60)
    measure(parser.parse_args().keys)
