"""How long the sample story takes in every profile after a start, and a thousand stories in one process.

    python tests/benchmarks/export/profiles.py [--stories 1000] [--runs 5]

"After a start" is a process of its own each time: the store is opened and the story read, then the clock runs over the first
rendering in all profiles, and over their export into a folder (review, ledger and files on disk included): all at once, then one
by one. Medians are told, of processor time: waiting for a busy machine or its disk is no work. The thousand stories also tell the
memory that the second half of them added.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--one", choices=["first", "at-once", "many"], help="one measurement in this process, told as JSON")
    call = parser.parse_args()
    if call.one:
        print(json.dumps({"first": first, "at-once": at_once, "many": lambda: many(call.stories)}[call.one]()))
        return
    runs = [measured("first") | measured("at-once") for _ in range(call.runs)]
    for name in runs[0]:
        told = sorted(run[name] * 1000 for run in runs)
        print(f"{name:<28} {statistics.median(told):8.1f} ms   ({told[0]:.1f} to {told[-1]:.1f})")
    found = measured("many", "--stories", str(call.stories))
    print(f"{'memory, second half':<28} {found.pop('memory'):8.1f} MB")
    for name, seconds in found.items():
        print(f"{name:<28} {seconds:8.2f} s    for {call.stories} stories")


def measured(what: str, *more: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, "--one", what, *more], capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)


def first() -> dict[str, float]:
    """Seconds from the open desk to the sample story in every profile."""
    from workstation.workflow.desk import Desk

    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        number = desk.sampling.load()[1]
        times = {"all profiles, rendered": 0.0, "one by one, exported": 0.0}
        began = time.process_time()
        for profile in desk.publishing.profiles():
            at = time.process_time()
            desk.publishing.rendering(number, profile.name)
            times[f"  {profile.name}"] = time.process_time() - at
        times["all profiles, rendered"] = time.process_time() - began
        desk.reviewing.review(number)  # the window has reviewed the story long before anybody exports it
        began = time.process_time()
        for profile in desk.publishing.profiles():
            desk.publishing.export(number, profile.name, Path(folder) / "out")
        times["one by one, exported"] = time.process_time() - began
        return times


def at_once() -> dict[str, float]:
    """Seconds from the reviewed sample story to its export in every profile at once, when nothing was ever rendered before."""
    from workstation.workflow.desk import Desk

    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        number = desk.sampling.load()[1]
        desk.reviewing.review(number)
        began = time.process_time()
        desk.publishing.export_each(number, [profile.name for profile in desk.publishing.profiles()], Path(folder) / "out")
        return {"at once, exported": time.process_time() - began}


def many(stories: int) -> dict[str, float]:
    """Seconds for so many different stories of the sample's size in every profile, rendered in one process."""
    from workstation.domain.body import Block, Run, canonical
    from workstation.domain.story import Story
    from workstation.render.profiles import PROFILES, render
    from workstation.render.rendering import Terms
    from workstation.workflow.desk import Desk

    with tempfile.TemporaryDirectory() as folder, Desk.open(Path(folder) / "desk.db", offline=True) as desk:
        number = desk.sampling.load()[1]
        story, files, house = desk.writing.story(number), dict(desk.writing.files(number)), desk.publishing.publication()
        quotes = desk.store.quotes.all_of(story.quote_ids)

    def another(at: int) -> Story:
        """The sample with other words in every paragraph, so that nothing that was made already is met again."""

        def varied(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
            return tuple(replace(block, runs=(*block.runs, Run(f" Number {at}."))) for block in blocks)

        cards = tuple(
            replace(card, headline=f"{card.headline} {at}", body=canonical(varied(card.body.blocks)), key=f"{at}-{card.key}")
            for card in story.signals
        )
        return replace(story, slug=f"story-{at}", news=canonical(varied(story.news.blocks)), signals=cards)

    every = [another(at) for at in range(stories)]
    terms = Terms(quotes=quotes)
    times: dict[str, float] = {}

    def timed(name: str, act: Callable[[], object]) -> None:
        began = time.process_time()
        act()
        times[name] = times.get(name, 0.0) + time.process_time() - began

    memory = []
    for half in (every[: stories // 2], every[stories // 2 :]):
        for name in PROFILES:
            timed(f"  {name}", lambda name=name, half=half: [len(render(name, one, house, files, terms).main) for one in half])
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return {"all profiles": sum(times.values()), "memory": memory[1] - memory[0], **times}


if __name__ == "__main__":
    main()
