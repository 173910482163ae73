"""What each rule costs: for the first time, after a key, and on ever longer texts.

Run with ``./run bench review/rules [--keys N] [--sizes 3,30,300]``. Prints one JSON object a line, the dearest first: for
each rule (and for what all rules rest on) the milliseconds of processor time of its first run in this process (what it
shares with rules before it is paid by them) and the median after a key; then, for each kind of text and each rule, the
milliseconds on a card whose text has so many thousand characters and has just changed, where 300 took more than 30 ms.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import thread_time
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent))
from keys import PLACES, sources, story_of, typed

from workstation.domain.body import read_html
from workstation.domain.item import Item
from workstation.domain.problem import Problem
from workstation.domain.story import Story
from workstation.review.background import Background
from workstation.review.grounds.claims import claims_of
from workstation.review.manuscript import Manuscript, manuscript_of
from workstation.review.passes import PASSES
from workstation.review.rules import RULES, Rule
from workstation.workflow.archive import archive_of
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.desk import Desk

SLOW = 30.0
"""Milliseconds on the longest text that are worth a line."""

Costs = dict[str, float]
T = TypeVar("T")


def costs(story: Story, items: Mapping[str, Item], background: Background) -> Costs:
    """The milliseconds of every part of one review."""
    told: Costs = {}

    def timed(name: str, run: Callable[[], T]) -> T:
        begin = thread_time()
        result = run()
        told[name] = (thread_time() - begin) * 1000
        return result

    manuscript = timed("manuscript", lambda: manuscript_of(story, items, background))
    problems: list[Problem] = []
    for rule in RULES:
        problems += timed(rule.__name__, partial(_listed, rule, manuscript))
    timed("passes", lambda: [list(in_order(manuscript, problems)) for in_order in PASSES])
    timed("claims", lambda: claims_of(manuscript))
    return told


def _listed(rule: Rule, manuscript: Manuscript) -> list[Problem]:
    return list(rule(manuscript))


def by_keys(desk: Desk, first: Story, keys: int) -> None:
    """The cost of each part at the first review, and its median after a key in each place."""
    backgrounds = Backgrounds(desk.store, desk.publications, desk.styles)
    kept = archive_of(desk.store, first.item_ids)
    background = backgrounds.of(first, kept)
    cold = costs(first, kept.items, background)
    warm: dict[str, list[Costs]] = defaultdict(list)
    for place, at in PLACES.items():
        story = first
        for key in range(keys):
            story = typed(story, 4, at, key)
            warm[place].append(costs(story, kept.items, background))
    for name in sorted(cold, key=lambda name: -median(one[name] for one in warm["plain words"])):
        told = {place: round(median(one[name] for one in each), 3) for place, each in warm.items()}
        print(json.dumps({"rule": name, "first": round(cold[name], 2), **told}))
    totals = {place: round(median(sum(one.values()) for one in each), 2) for place, each in warm.items()}
    print(json.dumps({"rule": "all", "first": round(sum(cold.values()), 1), **totals}))


def _paragraphs(words: Iterable[str], form: Callable[[str], str]) -> str:
    every = list(words)
    return "".join(f"<p>{form(' '.join(every[at : at + 70]))}</p>" for at in range(0, len(every), 70))


KINDS: dict[str, Callable[[str], str]] = {
    "paragraphs": lambda text: _paragraphs(text.split(), str),
    "one paragraph": lambda text: f"<p>{text}</p>",
    "no sentence ends": lambda text: f"<p>{text.replace('.', '')}</p>",
    "quotations": lambda text: _paragraphs(text.split(), lambda words: f"“{words},” she said."),
    "one altered quotation": lambda text: f"<p>“{text} otherwise.”</p>",
    "unclosed quotations": lambda text: _paragraphs(text.split(), lambda words: f"“{words}"),
    "apostrophes": lambda text: f"<p>{text.replace(' ', chr(39) + ' ')}</p>",
    "names": lambda text: f"<p>{text.title()}</p>",
    "one word": lambda text: f"<p>{text.replace(' ', '').replace('.', '')}</p>",
    "figures": lambda text: f"<p>{' '.join(f'{at % 977} {word}' for at, word in enumerate(text.split()))}</p>",
    "brackets": lambda text: f"<p>“{text.replace(' ', ' [the] … ')}</p>",
    "links": lambda text: _paragraphs(text.split(), lambda words: f"<a href='https://example.org/{len(words)}'>{words}</a>"),
}


def by_size(desk: Desk, first: Story, sizes: list[int]) -> None:
    """The cost of each part on one card of ever more text, of each kind."""
    backgrounds = Backgrounds(desk.store, desk.publications, desk.styles)
    kept = archive_of(desk.store, first.item_ids)
    text = " ".join(item.text for item in kept.items.values())
    for kind, form in KINDS.items():
        each: list[Costs] = []
        for size in sizes:
            body = read_html(form(text[: size * 1000])).body
            card = replace(first.signals[0], body=body)
            story = replace(first, signals=(card,))
            each.append(costs(story, kept.items, backgrounds.of(story, kept)))
        for name in each[-1]:
            if each[-1][name] > SLOW:
                told = {f"{size}k": round(cost[name], 1) for size, cost in zip(sizes, each, strict=True)}
                print(json.dumps({"text": kind, "rule": name, **told}))


def measure(keys: int, sizes: list[int]) -> None:
    """Print the cost of every rule."""
    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        captures = sources()
        desk.store.items.keep_all(captures)
        story = story_of(captures)
        by_keys(desk, story, keys)
        if sizes:
            by_size(desk, story, sizes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=30)
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",") if size], default=[3, 30, 300])
    options = parser.parse_args()
    measure(options.keys, options.sizes)
