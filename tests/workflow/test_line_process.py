"""A process beside ours that cannot be had is a foreseen matter, and no bug."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from workstation.errors import ReadError
from workstation.ingest.worker import ReadingWorker
from workstation.workflow.line_process import LineProcess


@pytest.fixture
def no_process_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))


@pytest.mark.usefixtures("no_process_starts")
def test_a_question_has_no_answer_where_the_system_starts_no_process() -> None:
    process = LineProcess("workstation.workflow.spelling_worker", timeout=5)
    assert process.ask({"words": ["word"]}) is None
    process.close()


@pytest.mark.usefixtures("no_process_starts")
def test_a_reading_says_that_the_system_starts_no_process() -> None:
    with ReadingWorker() as worker, pytest.raises(ReadError) as told:
        worker.ask("item", b"Words.")
    assert "starts no other process" in told.value.detail
