"""Measure the reading of a folder of pages against what a good reader finds in them.

    python tests/benchmarks/reading/measure.py PAGES EXPECTED [--worst 10] [--only CORPUS] [--show ID] [--jobs 1]

PAGES is a folder of .html files. EXPECTED is a .jsonl file, one page a line: ``id, file, url, corpus, expected``, where
``expected`` has some of ``text, title, authors, date, site, lang, with, without``. The pages are read as files, without
their address, as a person would open them; ``--fetched`` hands in the address too.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from workstation.domain.item import Item
from workstation.errors import WorkstationError
from workstation.ingest.reading import read

WORDS = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+")
CAPTURED = datetime.now(UTC)


@dataclass
class Result:
    """One page: its processor seconds, what was found, and a mark between 0 and 1 for each field that has an expectation."""

    id: str
    seconds: float
    marks: dict[str, float] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    wanted: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    failure: str = ""


def f1(found: str, wanted: str) -> float:
    """The harmonic mean of precision and recall over the words of both texts, each word as often as it stands there."""
    a, b = Counter(WORDS.findall(found.casefold())), Counter(WORDS.findall(wanted.casefold()))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else float(not a and not b)


def same(found: str, wanted: str) -> float:
    """Whether two short texts agree: four of five words."""
    return float(f1(found, wanted) >= 0.8)


def same_day(found: str | None, wanted: str | float) -> float:
    """Whether two dates are the same day, as written or in UTC; ``wanted`` is ISO 8601 or seconds since 1970."""
    written = wanted if isinstance(wanted, str) else datetime.fromtimestamp(wanted, UTC).isoformat()
    return float(bool(found) and bool({found[:10], in_utc(found)} & {written[:10], in_utc(written)}))


def in_utc(date: str) -> str:
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return date[:10]
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()


def same_people(found: str | None, wanted: list[str]) -> float:
    return float(f1(found or "", " ".join(wanted)) >= 0.66)


def measure(page: dict[str, Any], folder: Path, fetched: bool) -> Result:
    data = (folder / page["file"]).read_bytes()
    started = time.process_time()
    try:
        item = read(data, captured=CAPTURED, name=page["file"], url=page["url"] if fetched else None).item
    except WorkstationError as error:
        return Result(page["id"], time.process_time() - started, failure=str(error))
    result = Result(page["id"], time.process_time() - started, text=item.text)
    wanted = {key: value for key, value in page["expected"].items() if value and value == value}
    result.wanted = wanted
    result.found = {
        "title": item.title, "author": item.author, "published": item.published, "language": item.language, "outlet": item.outlet,
        "country": item.country, "url": item.url, "origins": dict(item.origins),
    }  # fmt: skip
    result.marks = dict(marks(item, wanted))
    return result


def marks(item: Item, wanted: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """``(name, mark between 0 and 1)`` of each field that has an expectation."""
    if "text" in wanted:
        yield "text", f1(item.text, wanted["text"])
    if "title" in wanted:
        yield "title", same(item.title, wanted["title"])
        yield (
            ("author", same_people(item.author, wanted["authors"])) if "authors" in wanted else ("nobody", float(not item.author))
        )
    if "date" in wanted:
        yield "date", same_day(item.published, wanted["date"])
    if "lang" in wanted:
        yield "language", float(item.language == re.split("[-_]", wanted["lang"])[0].lower())
    if "site" in wanted:
        yield "outlet", same(item.outlet, wanted["site"])
    for name in ("with", "without"):
        for sentence in wanted.get(name, ()):
            yield name, float((sentence in item.text) is (name == "with"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", default="")
    parser.add_argument("--missed", default="", help="print every page whose FIELD was missed")
    parser.add_argument("--fetched", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    pages = [json.loads(line) for line in arguments.expected.read_text(encoding="utf-8").splitlines()]
    pages = [page for page in pages if page["id"].startswith(arguments.only) and arguments.show in page["id"]]
    work = partial(measure, folder=arguments.pages, fetched=arguments.fetched)
    if arguments.jobs > 1:
        with ProcessPoolExecutor(arguments.jobs) as pool:
            results = list(pool.map(work, pages, chunksize=4))
    else:
        results = [work(page) for page in pages]
    if arguments.show:
        show(results)
    else:
        report(results, arguments.worst, arguments.missed)


def show(results: list[Result]) -> None:
    for result in results:
        print(json.dumps(result.found, ensure_ascii=False, indent=1), result.marks, result.failure)
        print("--- found\n" + result.text)
        print("--- wanted\n" + result.wanted.get("text", ""))


def report(results: list[Result], worst: int, missed: str) -> None:
    print(f"{len(results)} pages, {sum(bool(result.failure) for result in results)} refused")
    report_marks(results)
    seconds = sorted(result.seconds for result in results)
    late = seconds[int(len(seconds) * 0.95)]
    print(f"processor seconds: median {statistics.median(seconds):.3f}, p95 {late:.3f} (a process's first page loads libraries)")
    for result in sorted(results, key=lambda result: -result.seconds)[:5]:
        print(f"  {result.seconds:6.2f} s  {result.id}")
    print("worst texts:")
    for result in sorted((r for r in results if "text" in r.marks), key=lambda result: result.marks["text"])[:worst]:
        print(f"  {result.marks['text']:.3f}  {result.id}  ({len(result.text)} of {len(result.wanted['text'])} characters)")
    for result in results:
        if result.failure or (missed and result.marks.get(missed, 1.0) < 1.0):
            wanted = {key: value for key, value in result.wanted.items() if key != "text"}
            print(
                json.dumps(
                    {"id": result.id, "failure": result.failure, "found": result.found, "wanted": wanted}, ensure_ascii=False
                )
            )


def report_marks(results: list[Result]) -> None:
    gathered: dict[str, list[float]] = defaultdict(list)
    for result in results:
        for name, mark in result.marks.items():
            gathered[name].append(mark)
    for name, values in gathered.items():
        print(f"{name:10} mean {statistics.mean(values):.3f}  of {len(values)}")


if __name__ == "__main__":
    main()
