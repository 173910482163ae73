"""The program as others call it: a process of its own, with an empty home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Answer:
    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


class Program:
    """Calls ``python -m workstation`` on one store."""

    def __init__(self, home: Path, store: Path) -> None:
        self.store = store
        self.home = home
        foreign = ("XDG_", "WORKSTATION_", "DISPLAY", "WAYLAND", "PYTHONIOENCODING")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.environment = {**kept, "HOME": str(home)}

    def __call__(self, *arguments: str | Path, store: bool = True, cwd: Path | None = None) -> Answer:
        named = ["--store", str(self.store)] if store else []
        done = subprocess.run(
            [sys.executable, "-m", "workstation", *named, *map(str, arguments)],
            capture_output=True,
            env=self.environment,
            cwd=cwd or self.home,
            timeout=120,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def program(tmp_path: Path) -> Program:
    home = tmp_path / "home"
    home.mkdir()
    return Program(home, tmp_path / "desk.db")


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A program whose store holds the sample desk; for calls that change nothing, or nothing that another test reads."""
    folder = tmp_path_factory.mktemp("sampled")
    (folder / "home").mkdir()
    program = Program(folder / "home", folder / "desk.db")
    answer = program("sample")
    assert answer.code == 0, answer.err
    yield program
