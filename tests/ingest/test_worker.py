import os
import signal
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from workstation.errors import ReadError
from workstation.ingest.reading import read
from workstation.ingest.worker import LENGTH, ReadingWorker

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ICON = "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAGklEQVR42mMUCVjAQApgYiARjGoY1TB0NAAATekBJGXtc/MAAAAASUVORK5CYII="
PAGE = (
    "<html lang=en><head><title>Ferry line opens</title>"
    f"<link rel=icon href='data:image/png;base64,{ICON}'></head><body>"
    "<p>The first ferry left the old harbour of Vell at dawn on Monday, "
    "“with forty people aboard” and 旧港 behind it.</p></body></html>"
).encode()


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        worker.start()
        yield worker


def test_the_worker_reads_what_the_reader_reads(worker):
    options = {"captured": CAPTURED, "name": "ferry.html", "url": "https://harbourpost.example/ferry"}
    assert worker.read(PAGE, **options) == read(PAGE, **options)
    assert worker.read(PAGE, **options).icon is not None


def test_a_refusal_comes_back_as_it_was_said(worker):
    with pytest.raises(ReadError, match="empty") as refused:
        worker.read(b"", captured=CAPTURED, name="a.html")
    assert refused.value.title == "There is nothing to read"


def test_a_page_that_takes_too_long_is_stopped_and_the_next_one_is_read(worker):
    started = time.monotonic()
    with pytest.raises(ReadError, match="not done within") as stopped:
        worker.read(b"<ul>" + b"<li>entry <a href=x>y</a>" * 100_000, captured=CAPTURED, name="a.html", timeout=1.0)
    assert time.monotonic() - started < 4
    assert "Paste" in stopped.value.detail
    assert worker.read(PAGE, captured=CAPTURED, name="a.html").item.title == "Ferry line opens"


def test_fifty_megabytes_of_nested_elements_end(worker):
    with pytest.raises(ReadError):
        worker.read(b"<div>" * 10_000_000, captured=CAPTURED, name="a.html", timeout=20)
    assert worker.read(PAGE, captured=CAPTURED, name="a.html").item.words > 10


def test_a_file_beyond_the_limit_is_not_even_sent(worker):
    with pytest.raises(ReadError, match="too large"):
        worker.read(bytes(LENGTH + 1), captured=CAPTURED, name="a.html")


def test_a_worker_that_died_is_started_again(worker):
    worker.read(PAGE, captured=CAPTURED, name="a.html")
    os.kill(worker._process.pid, signal.SIGKILL)
    worker._process.wait()
    assert worker.read(PAGE, captured=CAPTURED, name="a.html").item.title == "Ferry line opens"


def test_several_threads_get_each_their_own_page(worker):
    found = {}

    def work(number):
        data = PAGE.replace(b"Ferry line", f"Ferry line {number}".encode())
        found[number] = worker.read(data, captured=CAPTURED, name="a.html").item.title

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"Ferry line {number} opens" for number in range(6)}


def test_a_closed_worker_leaves_no_process_and_refuses():
    worker = ReadingWorker()
    worker.start()
    process = worker._process
    worker.close()
    assert process.poll() is not None
    with pytest.raises(ReadError, match="closing"):
        worker.read(PAGE, captured=CAPTURED)


def test_closing_ends_a_reading_that_is_under_way():
    worker = ReadingWorker()
    worker.start()
    closing = threading.Timer(0.5, worker.close)
    closing.start()
    with pytest.raises(ReadError, match="closing"):
        worker.read(b"<ul>" + b"<li>entry <a href=x>y</a>" * 100_000, captured=CAPTURED, name="a.html")
    closing.join()
