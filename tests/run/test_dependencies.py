"""What the program is installed with: every release locked by its hashes, and none with an advisory that is known."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
LOCK = PROJECT / "requirements.lock"
UNREACHABLE = ("could not be audited", "ConnectionError", "ServiceError", "Max retries", "timed out")


def locked() -> dict[str, list[tuple[Requirement, int]]]:
    """What the lock file names: each release (several where systems differ) with how many hashes it may have."""
    entries = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", LOCK.read_text()))
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for line in filter(None, entries.splitlines()):
        requirement, *hashes = line.split(" --hash=sha256:")
        release = Requirement(requirement.strip())
        found.setdefault(canonicalize_name(release.name), []).append((release, len(hashes)))
    return found


def wanted() -> list[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    return [Requirement(line) for line in (*project["project"]["dependencies"], *project["build-system"]["requires"])]


def test_every_release_is_named_exactly_and_has_its_hashes() -> None:
    releases = [entry for entries in locked().values() for entry in entries]
    assert len(releases) > 60
    for release, hashes in releases:
        assert [mark.operator for mark in release.specifier] == ["=="], release
        assert hashes, release


@pytest.mark.parametrize("requirement", wanted(), ids=lambda requirement: requirement.name)
def test_what_pyproject_asks_for_is_locked_in_a_release_that_it_takes(requirement: Requirement) -> None:
    entries = locked()[canonicalize_name(requirement.name)]
    for release, _ in entries:
        (mark,) = release.specifier
        assert requirement.specifier.contains(mark.version), f"{release}: make requirements.lock anew, its first lines say how"


def test_no_address_of_an_index_or_a_file_is_recorded() -> None:
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links", LOCK.read_text())


def test_what_is_locked_has_no_advisory_where_the_advisories_can_be_asked() -> None:
    """The tool says “no known vulnerabilities” where it reached nobody, so it is run strictly and its words are read."""
    call = ["-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-r", str(LOCK)]
    audit = subprocess.run([sys.executable, *call], capture_output=True, text=True, timeout=300, check=False)
    told = audit.stdout + audit.stderr
    if audit.returncode and any(sign in told for sign in UNREACHABLE):
        pytest.skip(f"the advisories cannot be asked here: {told.strip().splitlines()[-1][:200]}")
    assert audit.returncode == 0, told
