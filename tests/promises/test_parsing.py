"""Whatever arrives is read in a process of its own, which can neither harm, hang nor hurry the desk."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.errors import InputError, ReadError
from workstation.ingest import worker as working
from workstation.ingest.picture_jobs import picture_of
from workstation.ingest.reading import READERS
from workstation.ingest.trying import check_opens
from workstation.ingest.unpacking import UNPACKERS
from workstation.ingest.worker import MEMORY, ReadingWorker

from ..fuzz.readers import FUZZED, tried
from ..ingest.hostile import page, png

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SLOWEST = 5.0
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        worker.start()
        worker.read(page(), captured=CAPTURED, name="a.html")
        yield worker


def reads_again(worker: ReadingWorker) -> bool:
    return worker.read(page(), captured=CAPTURED, name="a.html").item.title == "A lock opens"


# --- broken bytes --------------------------------------------------------------------------------------------------


def mutated(data: bytes, chance: random.Random) -> bytes:
    """``data`` with some bytes flipped, cut, doubled, swapped, or replaced by what parsers trip over."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not made:
            break
        at = chance.randrange(len(made))
        end = min(len(made), at + chance.choice((1, 2, 4, 16, 200)))
        instead = (
            bytes([made[at] ^ (1 << chance.randrange(8))]) + made[at + 1 : end],
            b"",
            made[at:end] * chance.choice((2, 4, 40)),
            chance.randbytes(end - at),
            chance.choice(TRIPS),
            made[at:][::-1],
        )
        made[at:end] = chance.choice(instead)
    return bytes(made)


TRIPS = (b"\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"<", b">", b"&#0;", b"]]>", b'"', b"\\", b"-1", b"1e999", b"[" * 300,
         b"{" * 300, b"%00", b"\xed\xa0\x80", "\u202e\u2028".encode(), b"=?x?b?=?=", b"\r\n\r\n", b"9" * 400)  # fmt: skip


def test_every_reader_and_unpacker_is_among_those_that_are_fuzzed() -> None:
    also_in = {"mail": "mails in a file"}
    assert set(READERS) <= set(FUZZED)
    assert {also_in.get(name, name) for name in UNPACKERS} <= set(FUZZED)


@pytest.mark.parametrize("name", FUZZED)
def test_mutated_bytes_are_read_or_refused_in_our_own_words(name: str, rounds) -> None:
    fuzzed = FUZZED[name]
    seeds = fuzzed.seeds()
    chance = random.Random(name)
    for number in range(rounds(12, 1_500)):
        data = mutated(chance.choice(seeds), chance)[: fuzzed.longest]
        started = time.process_time()
        try:
            tried(fuzzed, data)
        except Exception as error:
            pytest.fail(f"{name}, round {number}: {error!r} over {data[:300]!r}")
        assert time.process_time() - started < SLOWEST, data[:300]


# --- a process that is hurt ----------------------------------------------------------------------------------------


@on_linux
def test_a_worker_that_is_stopped_or_killed_in_the_middle_costs_one_reading_and_no_more(worker, rounds, capsys) -> None:
    back: list[float] = []
    for number in range(rounds(2, 100)):
        worker.start()
        process = worker._process
        assert process is not None
        hurt = signal.SIGSTOP if number % 2 else signal.SIGKILL
        threading.Timer(0.05, os.kill, (process.pid, hurt)).start()
        with pytest.raises(ReadError) as stopped:
            worker.read(b"<div>" * 3_000_000, captured=CAPTURED, name="a.html", timeout=0.8)
        assert "stopped" in stopped.value.detail
        started = time.monotonic()
        assert reads_again(worker)
        back.append(time.monotonic() - started)
        assert process.poll() is not None, "nothing is left behind"
    with capsys.disabled():
        print(f"\nworker back after {statistics.median(back):.2f} s (median), {max(back):.2f} s (longest) of {len(back)}")


def test_a_reading_that_goes_on_keeps_no_thread_of_the_desk_from_working(worker) -> None:
    """While the worker is busy for seconds, this process still gets the interpreter at once."""
    late: list[float] = []

    def read() -> None:
        with pytest.raises(ReadError):
            worker.read(b"<div>" * 9_000_000, captured=CAPTURED, timeout=1)

    reading = threading.Thread(target=read)
    reading.start()
    while reading.is_alive():
        started = time.perf_counter()
        time.sleep(0.005)
        late.append(time.perf_counter() - started)
    assert statistics.median(late) < 0.1
    assert reads_again(worker)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        struct.pack("!QQ", 1 << 60, 0),
        struct.pack("!QQ", 5, 0) + b"[1,2]",
        struct.pack("!QQ", 2, 1 << 60) + b"{}",
        struct.pack("!QQ", 4, 0) + b"\xff\xfe{}",
        struct.pack("!QQ", 2, 0) + b"{}",
        struct.pack("!QQ", 14, 0) + b'{"answer": 12}',
        struct.pack("!QQ", 60_000, 0) + b"[" * 60_000,
    ],
)
def test_a_process_that_answers_nonsense_is_ended_and_the_reading_refused(monkeypatch, answer) -> None:
    """What a page made of the worker may write anything into the pipe: it is never believed."""
    code = f"import sys; sys.stdin.buffer.read(16); sys.stdout.buffer.write({answer!r}); sys.stdout.buffer.flush()"
    fake = lambda _module: subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: E731
    monkeypatch.setattr(working, "started", fake)
    with ReadingWorker() as worker, pytest.raises(ReadError):
        worker.read(page(), captured=CAPTURED, name="a.html", timeout=5)


# --- what it may not do --------------------------------------------------------------------------------------------


CONFINED = """
import json, os, socket, subprocess, sys
from pathlib import Path
from workstation.ingest.confined import confine
confine({memory})
done = {{}}
def attempt(name, work):
    try:
        work()
        done[name] = "did it"
    except BaseException as error:
        done[name] = type(error).__name__
attempt("connect", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
attempt("resolve", lambda: socket.getaddrinfo("localhost", 80))
attempt("program", lambda: subprocess.run(["true"]))
attempt("shell", lambda: os.system("true"))
attempt("fork", os.fork)
attempt("write", lambda: Path({out!r}).write_text("x"))
attempt("low write", lambda: os.open({out!r}, os.O_WRONLY | os.O_CREAT))
attempt("remove", lambda: os.remove({there!r}))
attempt("rename", lambda: os.rename({there!r}, {out!r}))
attempt("kill", lambda: os.kill(os.getppid(), 0))
attempt("memory", lambda: bytearray(3 << 30))
def files():
    held = [open(os.devnull) for _ in range(2000)]
attempt("descriptors", files)
done["environment"] = sorted(os.environ)
sys.__stdout__.write(json.dumps(done))
"""


@on_linux
def test_the_worker_reaches_no_network_starts_nothing_and_writes_nowhere(tmp_path, monkeypatch) -> None:
    for name in ("WORKSTATION_SECRET", "HTTPS_PROXY", "AWS_SECRET_ACCESS_KEY", "LD_PRELOAD_NOT", "WORKSTATION_STORE"):
        monkeypatch.setenv(name, "secret")
    there, out = tmp_path / "there", tmp_path / "out"
    there.write_text("kept")
    listening = socket.create_server(("127.0.0.1", 0))
    code = CONFINED.format(memory=MEMORY, port=listening.getsockname()[1], out=str(out), there=str(there))
    from workstation.ingest.other_process import _environment

    root = Path(working.__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**_environment(), "PYTHONPATH": str(root)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    done = json.loads(told.stdout)
    environment = done.pop("environment")
    assert "secret" not in " ".join(environment).lower()
    assert not {"WORKSTATION_SECRET", "HTTPS_PROXY", "WORKSTATION_STORE"} & set(environment)
    assert done.pop("memory") == "MemoryError"
    assert done.pop("descriptors") == "OSError"
    assert set(done.values()) == {"ConfinedError"}, done
    assert not out.exists()
    assert there.read_text() == "kept"
    listening.close()


@on_linux
def test_the_running_worker_is_confined_and_is_told_no_secret(monkeypatch) -> None:
    monkeypatch.setenv("WORKSTATION_SECRET", "open sesame")
    with ReadingWorker() as worker:
        assert reads_again(worker)
        process = worker._process
        assert process is not None
        proc = Path(f"/proc/{process.pid}")
        assert b"sesame" not in (proc / "environ").read_bytes()
        limits = {line[:26].strip(): line[26:].split()[0] for line in (proc / "limits").read_text().splitlines()[1:]}
        assert limits["Max address space"] == str(MEMORY)
        assert limits["Max file size"] == "0"
        assert limits["Max processes"] == "0"
        assert limits["Max open files"] == "128"
        handles = [str(handle.readlink()) for handle in (proc / "fd").iterdir()]
        assert not [name for name in handles if name.startswith("socket:") or name.endswith((".db", ".db-wal"))]


# --- doors that are no page ----------------------------------------------------------------------------------------


def bomb_of(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_story_that_would_take_gigabytes_to_open_is_refused_by_the_worker(worker) -> None:
    nest = b'{"format":"workstation-story/1","slug":"a","headline":"a","x":[' + b"{}," * 9_000_000 + b"{}]}"
    with pytest.raises(InputError, match="too much time or memory"):
        check_opens(worker, bomb_of("story.json", nest), packed=True)
    assert reads_again(worker)


def test_a_picture_is_read_in_the_worker_within_its_limits(worker) -> None:
    assert picture_of(worker, png(40)).width == 40
    with pytest.raises(InputError, match="40 million pixels"):
        picture_of(worker, png(13_000))
    with pytest.raises(InputError, match="larger than 32 MB"):
        picture_of(worker, bytes(33 << 20))
    assert reads_again(worker)


@on_linux
def test_a_picture_is_never_decoded_in_the_desk_itself(worker, monkeypatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("decoded here")

    from PIL import Image

    data = png(30)
    monkeypatch.setattr(Image, "open", never)
    assert picture_of(worker, data).height == 30
