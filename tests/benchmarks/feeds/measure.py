"""Measures the import of many feeds in one go, from following to searchable items, beside newsboat where it is installed.

    python tests/benchmarks/feeds/measure.py [--feeds 200] [--items 50] [--rounds 3]

The feeds are invented, and served on loopback by a process of their own. Each round begins with an empty store (and an empty
cache for newsboat), so it holds the start of the worker too; the program's own part, reading feeds and keeping items, is told
apart. A second refresh, of which nothing is new, is measured as well. Medians of the rounds.
"""

from __future__ import annotations

import argparse
import http.server
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from workstation.collecting import collect_rarely
from workstation.ingest.fetch import Limits
from workstation.workflow.desk import Desk

_WORDS = """
lock river council barge harvest winter miller ferry harbour clerk tariff treaty border minister vote grain market ice gate
opened closed said told asked found began moved before after under above the a of in on to and for with from by that which
"""
WORDS = _WORDS.split()


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(8, 22))).capitalize() + "."


def feed(number: int, items: int, base: str) -> bytes:
    """One invented feed of ``items`` entries of about 300 words; every third is Atom."""
    chance = random.Random(number)
    texts = ["".join(f"<p>{' '.join(sentence(chance) for _ in range(5))}</p>" for _ in range(4)) for _ in range(items)]
    titles = [f"{sentence(chance)[:70]} {number}-{place}" for place in range(items)]
    if number % 3 == 0:
        entries = "".join(
            f'<entry><id>tag:{number},{place}</id><title>{title}</title><link href="{base}/story/{number}/{place}"/>'
            f"<author><name>Ines Vale</name></author><updated>2026-03-02T{place % 24:02}:10:00Z</updated>"
            f'<content type="html"><![CDATA[{text}]]></content></entry>'
            for place, (title, text) in enumerate(zip(titles, texts, strict=True))
        )
        head = (
            f'<title>Gazette {number}</title><id>tag:{number}</id><link href="{base}/"/><updated>2026-03-02T00:00:00Z</updated>'
        )
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">{head}{entries}</feed>'.encode()
    entries = "".join(
        f"<item><title>{title}</title><link>{base}/story/{number}/{place}</link><guid>{base}/story/{number}/{place}</guid>"
        f"<author>desk@gazette.example (Ines Vale)</author><pubDate>Mon, 02 Mar 2026 {place % 24:02}:10:00 GMT</pubDate>"
        f"<description><![CDATA[{text}]]></description></item>"
        for place, (title, text) in enumerate(zip(titles, texts, strict=True))
    )
    head = f"<title>Gazette {number}</title><link>{base}/</link><description>Invented</description><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def serve(ready: Any, feeds: int, items: int) -> None:
    """Serve the feeds, with ETags, until the process is ended."""
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            data = pages.get(self.path)
            if data is not None and self.headers.get("If-None-Match") == f'"{self.path}"':
                self.send_response(304)
                self.send_header("ETag", f'"{self.path}"')
                self.end_headers()
                return
            self.send_response(200 if data else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("ETag", f'"{self.path}"')
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    base = f"http://127.0.0.1:{server.server_address[1]}"
    pages.update({f"/{number}.xml": feed(number, items, base) for number in range(feeds)})
    ready.send(base)
    server.serve_forever()


def opml(base: str, feeds: int) -> str:
    outlines = "".join(f'<outline type="rss" text="Gazette {n}" xmlUrl="{base}/{n}.xml"/>' for n in range(feeds))
    return f'<opml version="2.0"><head/><body>{outlines}</body></opml>'


def timed(parts: dict[str, float], name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
    """``verb``, whose time is added to ``parts``."""

    def call(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return verb(*arguments, **named)
        finally:
            parts[name] = parts.get(name, 0.0) + time.perf_counter() - began

    return call


def cpu() -> float:
    """The processor's seconds of this process and of those that it started and that ended: they hold on a busy machine too."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def ours(folder: Path, base: str, feeds: int) -> dict[str, float]:
    """One import into an empty store, in seconds."""
    file = folder / "feeds.opml"
    file.write_text(opml(base, feeds))
    limits = Limits(allow=(base.removeprefix("http://"),))
    parts: dict[str, float] = {}
    desk = Desk.open(folder / "desk.db", limits=limits, publications=folder)
    collect_rarely()  # as the program does
    try:
        desk.store.items.add_all = timed(parts, "of it: store, items", desk.store.items.add_all)  # type: ignore[method-assign]
        desk.store.feeds.brought = timed(parts, "of it: store, entries", desk.store.feeds.brought)  # type: ignore[method-assign]
        desk.worker.ask = timed(parts, "(threads waiting for the worker)", desk.worker.ask)  # type: ignore[method-assign]
        began = time.perf_counter()
        desk.following.import_file(file)
        parts["list of feeds (starts the worker)"] = time.perf_counter() - began
        refreshed = desk.following.refresh_all()
        total = time.perf_counter() - began
        assert not refreshed.failures, refreshed.failures[:2]
        again = time.perf_counter()
        assert not desk.following.refresh_all().items
        return {"items": len(refreshed.items), "import": total, **parts, "nothing new": time.perf_counter() - again}
    finally:
        desk.close()


def newsboat(folder: Path, base: str, feeds: int) -> float:
    """One reload of newsboat into an empty cache, in seconds."""
    urls, cache, config = folder / "urls", folder / "cache.db", folder / "config"
    urls.write_text("\n".join(f"{base}/{number}.xml" for number in range(feeds)) + "\n")
    config.write_text("reload-threads 8\n")
    home = {**os.environ, "HOME": str(folder), "LANG": "C.UTF-8"}
    began = time.perf_counter()
    call = ["newsboat", "-u", str(urls), "-c", str(cache), "-C", str(config), "-x", "reload"]
    subprocess.run(call, check=True, env=home, capture_output=True, timeout=600)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    call = parser.parse_args()
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(there, call.feeds, call.items), daemon=True)
    server.start()
    base = here.recv()
    rounds: list[dict[str, float]] = []
    theirs: list[float] = []
    spent: list[float] = []
    try:
        for _ in range(call.rounds):
            began = cpu()
            with tempfile.TemporaryDirectory() as folder:
                rounds.append(ours(Path(folder), base, call.feeds))
            rounds[-1]["cpu, both refreshes"] = cpu() - began
            if shutil.which("newsboat"):
                began = cpu()
                with tempfile.TemporaryDirectory() as folder:
                    theirs.append(newsboat(Path(folder), base, call.feeds))
                spent.append(cpu() - began)
    finally:
        server.kill()
    print(f"{call.feeds} feeds of {call.items} items, medians of {call.rounds} rounds")
    for name in rounds[0]:
        print(f"  {name:36} {median(one[name] for one in rounds):10,.2f}")
    if theirs:
        ratio = median(one["import"] for one in rounds) / median(theirs)
        print(f"  {'newsboat, cpu':36} {median(spent):10,.2f}")
        print(f"  {'newsboat':36} {median(theirs):10,.2f}   ours / newsboat {ratio:.2f}")


if __name__ == "__main__":
    main()
