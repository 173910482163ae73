from __future__ import annotations

import zipfile
from pathlib import Path

from .conftest import Program

SLUG = "oriel-strait-landslide"


def test_a_colleague_verifies_a_story_with_the_packet_alone(sampled: Program, program: Program, tmp_path: Path) -> None:
    packet = tmp_path / "evidence.zip"
    written = sampled("evidence", SLUG, "--out", packet, "--json")
    assert (written.code, written.objects) == (0, [{"file": str(packet)}])
    verified = program("verify", packet)
    assert (verified.code, verified.out) == (0, b"")
    assert "12 of 12 quotations true to the originals." in verified.err
    assert "Everything is as the packet says." in verified.err
    assert not program.store.exists()


def test_a_packet_that_was_touched_is_told_with_exit_1(sampled: Program, program: Program, tmp_path: Path) -> None:
    packet, touched = tmp_path / "evidence.zip", tmp_path / "touched.zip"
    sampled("evidence", SLUG, "--out", packet)
    with zipfile.ZipFile(packet) as found, zipfile.ZipFile(touched, "w") as changed:
        for name in found.namelist():
            changed.writestr(name, found.read(name).replace(b'"state": "exact"', b'"state": "folded"'))
    answer = program("verify", touched, "--json")
    assert answer.code == 1
    assert {one["kind"] for one in answer.objects} == {"fault"}
    assert "state is" in answer.objects[0]["message"]


def test_what_is_no_packet_is_told_in_one_line(sampled: Program, tmp_path: Path) -> None:
    (tmp_path / "odd.zip").write_bytes(b"PK\x03\x04 or not")
    assert sampled("verify", tmp_path / "odd.zip").code == 1
    missing = sampled("verify", tmp_path / "missing.zip")
    assert missing.code == 2
    assert len(missing.err.splitlines()) == 1
    assert sampled("evidence", SLUG, "--out", tmp_path / "evidence.txt").code == 2
