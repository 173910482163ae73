"""Measure the reading of pages beside trafilatura, newspaper4k and readability-lxml, in one run.

    pip install -e '.[bench]'
    python tests/benchmarks/extraction/measure.py PAGES [--expected FILE] [--only CORPUS] [--half 1|2] [--without-address]
          [--without-table] [--libraries ours trafilatura] [--missed FIELD] [--json]

PAGES is a folder of .html files; ``expected.jsonl`` lies in it, beside it, or where ``--expected`` says. One page a line:
``id, file, url, corpus, expected``, where ``expected`` has some of ``text, title, authors, date, site, lang, image``.

Text: precision and recall of four-word shingles as the public article-extraction benchmark counts them (a letter is a word
in Chinese, Japanese and Thai), F1 of their means over pages. Fields: per cent exact after normalisation; ``record`` is title,
author and date all right; ``nobody`` is a page without an author that got none. A page on which a library fails counts as 0.
The outlet three ways: ``as spelt`` (letters and digits), ``outlet`` (also without article, accents, brackets and top-level
domain), ``same outlet`` (or both names stand in one row of the outlet table). Ours is the item as the desk gets it, whose
outlet is the table's where it has the address; ``--without-table`` scores what the pages themselves say.
Speed: one process, one page after the other, metadata included; the median of the pages' seconds, and the whole.
``--half`` takes one half of the outlets: tune on the one, report the other.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from libraries import LIBRARIES
from scoring import Found, f1, field_scores, subtag, text_scores

FIELDS = ("title", "author", "nobody", "date", "as spelt", "outlet", "same outlet", "language", "picture", "record")


@dataclass
class Result:
    """One page read by one library."""

    page: dict[str, Any]
    found: Found
    seconds: float
    failure: str = ""
    text: tuple[float, float] | None = None
    right: dict[str, bool] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--expected", type=Path)
    parser.add_argument("--only", default="", help="a corpus")
    parser.add_argument("--half", choices=("1", "2"))
    parser.add_argument("--without-address", action="store_true", help="as a file from the disk, whose address nobody told")
    parser.add_argument("--without-table", action="store_true", help="score the outlet as our reading has it from the page alone")
    parser.add_argument("--libraries", nargs="*", default=list(LIBRARIES), help="beginnings of their names")
    parser.add_argument("--missed", default="", help="print the pages on which ours missed this FIELD")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    pages = [page for page in _pages(arguments) if arguments.only in ("", page["corpus"])]
    pages = [page for page in pages if arguments.half in (None, _half(page))]
    chosen = [name for name in LIBRARIES if any(name.startswith(wanted) for wanted in arguments.libraries)]
    results = {name: measured(LIBRARIES[name], pages, arguments) for name in chosen}
    if arguments.missed:
        tell_missed(results[chosen[0]], arguments.missed)
    elif arguments.json:
        json.dump(summary(results), sys.stdout, ensure_ascii=False, indent=1)
    else:
        tell(summary(results), len(pages))


def measured(
    read: Callable[[bytes, str | None], Found], pages: list[dict[str, Any]], arguments: argparse.Namespace
) -> list[Result]:
    """Each page read once; the first is read twice, since it also loads the library."""
    results = []
    for number, page in enumerate([*pages[:1], *pages]):
        data = (arguments.pages / page["file"]).read_bytes()
        url = None if arguments.without_address else page["url"]
        started, failure = time.process_time(), ""
        try:
            found = read(data, url)
        except Exception as error:
            found, failure = Found(), f"{type(error).__name__}: {error}"
        if arguments.without_table and found.said:
            found = replace(found, site=found.said)
        result = Result(page, found, time.process_time() - started, failure)
        wanted = {key: value for key, value in page["expected"].items() if value and value == value}
        result.text = text_scores(found.text, wanted["text"]) if wanted.get("text") else None
        result.right = {name: right and not failure for name, right in field_scores(found, wanted, page["url"]).items()}
        if number:
            results.append(result)
    return results


def summary(results: dict[str, list[Result]]) -> dict[str, Any]:
    """By library: all pages, by corpus, by language, failures and speed."""
    plain = next((results[name] for name in results if name.startswith("trafilatura")), None)
    return {
        name: {
            "all": scores(of_library),
            "corpora": _grouped(of_library, lambda result: result.page["corpus"]),
            "languages": _grouped(of_library, lambda result: subtag(result.page["expected"].get("lang")) or "not told"),
            "failures": {result.page["id"]: result.failure for result in of_library if result.failure},
            "speed": _speed(of_library, plain),
        }
        for name, of_library in results.items()
    }


def scores(results: Iterable[Result]) -> dict[str, float]:
    texts = [result.text for result in results if result.text is not None]
    told = {"text": round(f1(texts), 4)} if texts else {}
    for name in FIELDS:
        rights = [result.right[name] for result in results if name in result.right]
        if rights:
            told[name] = round(100 * statistics.mean(rights), 1)
    return told


def _grouped(results: Iterable[Result], key: Callable[[Result], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: {"pages": len(group), **scores(group)} for name, group in sorted(groups.items())}


def _speed(results: list[Result], plain: list[Result] | None) -> dict[str, float]:
    median = 1 / statistics.median(result.seconds for result in results)
    whole = len(results) / sum(result.seconds for result in results)
    told = {"pages a second, median": round(median, 1), "pages a second, all": round(whole, 1)}
    if plain:
        told["times trafilatura, median"] = round(median * statistics.median(result.seconds for result in plain), 2)
        told["times trafilatura, all"] = round(whole * sum(result.seconds for result in plain) / len(plain), 2)
    return told


def tell(told: dict[str, Any], count: int) -> None:
    print(f"{count} pages; text is F1, fields are per cent exactly right\n")
    _row("", ["text", *FIELDS])
    for name, library in told.items():
        _row(name, _values(library["all"]))
    for group in ("corpora", "languages"):
        names = sorted({key for library in told.values() for key in library[group]})
        for key in names:
            print(f"\n{key} ({next(iter(told.values()))[group][key]['pages']} pages)")
            for name, library in told.items():
                _row(name, _values(library[group][key]))
    print()
    for name, library in told.items():
        speed = ", ".join(f"{value} {what}" for what, value in library["speed"].items())
        print(f"{name:24} {speed}; {len(library['failures'])} failures")


def _values(told: dict[str, float]) -> list[str]:
    return [f"{told['text']:.3f}" if "text" in told else "", *(f"{told[name]:.1f}" if name in told else "" for name in FIELDS)]


def _row(name: str, values: list[str]) -> None:
    print(f"{name:24}" + "".join(f"{value:>12}" for value in values))


def tell_missed(results: list[Result], name: str) -> None:
    for result in results:
        if name == "text" and result.text and f1([result.text]) < 0.97:
            lengths = len(result.found.text), len(result.page["expected"]["text"])
            print(f"{result.text[0]:.3f} {result.text[1]:.3f} {lengths} {result.page['id']}")
        elif not result.right.get(name, True) or (name == "failure" and result.failure):
            wanted = {key: value for key, value in result.page["expected"].items() if key not in ("text", "excerpt", "image")}
            found = {key: value for key, value in vars(result.found).items() if key != "text"}
            print(
                json.dumps(
                    {"id": result.page["id"], "wanted": wanted, "found": found, "failure": result.failure}, ensure_ascii=False
                )
            )


def _pages(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    places = (
        [arguments.expected]
        if arguments.expected
        else [arguments.pages / "expected.jsonl", arguments.pages.parent / "expected.jsonl"]
    )
    lines = next(place for place in places if place.exists()).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _half(page: dict[str, Any]) -> str:
    """By outlet, so that no outlet is in both halves; the made-up addresses of test suites go by the page's name."""
    host = urlsplit(page["url"] or "").hostname or ""
    return "12"[zlib.crc32((page["id"] if host in ("", "fakehost") else host).encode()) % 2]


if __name__ == "__main__":
    main()
