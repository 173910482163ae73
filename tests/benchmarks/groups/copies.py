"""How many copies of agency stories are found among many items, how many wrong ones, and how long it takes.

Run by hand: ``python copies.py [items] [folder] [rounds]``. The desk holds invented texts of about 300 words with the
frequencies of a language (Zipf), every sixth one in Chinese characters. One in ten is printed by three other outlets: lightly
touched (one word in fifty changed), with medium changes (one in twelve changed, a sentence cut, another first line), and by half
(half of the text, the rest is the outlet's own). Time is that of the first comparison of the whole desk, then that of one new
item; recall and precision are over pairs of a story and its copy. With rounds, the time is the median of so many comparisons.
"""

from __future__ import annotations

import itertools
import random
import resource
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from workstation.domain.item import Capture, Item, item_id
from workstation.store import Store
from workstation.workflow.grouping import Grouping

WORDS = 300
KINDS = ("light", "medium", "half")
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


class Writer:
    """Writes invented texts, sentence by sentence."""

    def __init__(self) -> None:
        self.chance = random.Random(11)
        syllables = ["".join(pair) for pair in itertools.product("bcdfghklmnprstvw", "aeiou")]
        latin = sorted({"".join(self.chance.choices(syllables, k=self.chance.randint(1, 5))) for _ in range(40_000)})
        self.chance.shuffle(latin)
        self.words = {False: latin, True: [chr(number) for number in self.chance.sample(range(0x4E00, 0x9000), 3000)]}
        self.weights = {
            which: list(itertools.accumulate(1 / (place + (20 if which else 2)) for place in range(len(words))))
            for which, words in self.words.items()
        }

    def sentences(self, words: int, chinese: bool) -> list[list[str]]:
        drawn = self.chance.choices(self.words[chinese], cum_weights=self.weights[chinese], k=words)
        made = []
        while drawn:
            length = self.chance.randint(8, 30)
            made.append(drawn[:length])
            drawn = drawn[length:]
        return made

    def touched(self, sentences: Sequence[Sequence[str]], one_in: int, chinese: bool) -> list[list[str]]:
        def word(old: str) -> str:
            return old if self.chance.random() > 1 / one_in else self.chance.choice(self.words[chinese])

        return [[word(old) for old in sentence] for sentence in sentences]

    def copy(self, kind: str, sentences: list[list[str]], chinese: bool) -> list[list[str]]:
        if kind == "light":
            return self.touched(sentences, 50, chinese)
        if kind == "medium":
            cut = self.touched(sentences[:-1], 12, chinese)
            return [self.sentences(20, chinese)[0], *cut[1:]]
        half = sentences[: max(1, round(len(sentences) * 0.55))]
        return [*self.touched(half, 50, chinese), *self.sentences(round(WORDS * 0.45), chinese)]


def text_of(sentences: Sequence[Sequence[str]], chinese: bool) -> str:
    sign = ("", "。") if chinese else (" ", ".")
    return "\n".join(sign[0].join(sentence) + sign[1] for sentence in sentences)


def captures(count: int) -> Iterator[tuple[str, Capture]]:
    """The captures with the name of the story that each is of: a number, and for a copy its kind."""
    writer, made, story = Writer(), 0, 0
    while made < count:
        story += 1
        chinese = story % 6 == 0
        sentences = writer.sentences(writer.chance.randint(200, 400), chinese)
        texts = [(f"{story}", sentences)]
        if story % 10 < 3:
            texts += [(f"{story} {kind}", writer.copy(kind, sentences, chinese)) for kind in KINDS]
        for place, (name, written) in enumerate(texts):
            yield name, capture(text_of(written, chinese), f"outlet{story % 97 + 100 * place}", made)
            made += 1


def capture(text: str, outlet: str, number: int) -> Capture:
    captured = BEGAN + timedelta(seconds=7 * number)
    original = text.encode()
    url = f"https://{outlet}.example/{number}"
    item = Item(
        id=item_id(original, url), url=url, title=text[:60], outlet=outlet, author=None, published=f"{captured:%Y-%m-%d}",
        language="en", country=None, text=text, words=len(text.split()), captured=captured, media_type="text/html",
        sha256=sha256(original).hexdigest(),
    )  # fmt: skip
    return Capture(item=item, original=original)


def fill(path: Path, count: int) -> dict[str, str]:
    """A desk of so many items; the names of their stories by their ids."""
    names: dict[str, str] = {}
    with Store.open(path) as store:
        pending: list[Capture] = []
        for name, one in itertools.islice(captures(count), count):
            names[one.item.id] = name
            pending.append(one)
            if len(pending) == 2_000:
                store.items.add_all(pending)
                pending.clear()
        store.items.add_all(pending)
    return names


def judge(path: Path, names: dict[str, str]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        heads = dict(connection.execute("SELECT item.id, top.id FROM item JOIN item_desk ON item_desk.item = item.row"
                                        " JOIN item AS top ON top.row = coalesce(item_desk.head, item_desk.item)"))  # fmt: skip
    by_name = {name: id for id, name in names.items()}
    for kind in KINDS:
        copies = [(id, by_name[name.split()[0]]) for id, name in names.items() if name.endswith(kind)]
        found = sum(heads[id] == heads[original] for id, original in copies)
        print(f"{kind:7} recall {found / len(copies):.4f} of {len(copies)}")
    under = [(id, head) for id, head in heads.items() if id != head]
    wrong = sum(names.get(id, "new").split()[0] != names.get(head, "new").split()[0] for id, head in under if id in names)
    print(f"precision {1 - wrong / max(1, len(under)):.5f} of {len(under)} put under another row")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp())
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    began = time.perf_counter()
    names = fill(folder / "full.db", count)
    print(f"{count} items written in {time.perf_counter() - began:.1f} s")
    taken, processor = [], []
    for _ in range(rounds):
        path = folder / "desk.db"
        shutil.copyfile(folder / "full.db", path)
        with Store.open(path) as store:
            grouping = Grouping(store)
            began, worked = time.perf_counter(), time.thread_time()
            grouping.group_all()
            taken.append(time.perf_counter() - began)
            processor.append(time.thread_time() - worked)
            single = [arrive(store, grouping, count + 1000 + number) for number in range(30)]
    print(f"compared in {statistics.median(taken):.1f} s (this thread's own time {statistics.median(processor):.1f} s)")
    print(f"one new item, written already: {statistics.median(single) * 1000:.1f} ms")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    judge(folder / "desk.db", names)


def arrive(store: Store, grouping: Grouping, number: int) -> float:
    one = capture(text_of(Writer().sentences(WORDS, False), False) + str(number), "late", number)
    store.items.add(one)
    began = time.perf_counter()
    grouping.group_new([one.item.id])
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
