"""The manifest of a folder that several hand-overs went into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workstation.export import write_files
from workstation.export.manifests import with_others


def handed(slug: str, profile: str, main: str, words: str = "text") -> dict[str, bytes]:
    told = {"format": "workstation-manifest/1", "main": main, "profile": profile, "story": {"slug": slug}, "words": words}
    return {main: words.encode(), "manifest.json": json.dumps(told).encode()}


def hand_over(folder: Path, files: dict[str, bytes]) -> dict[str, object]:
    write_files(folder, with_others(folder, files))
    return json.loads((folder / "manifest.json").read_bytes())


def test_the_latest_is_at_the_top_and_the_others_are_kept_once(tmp_path: Path) -> None:
    hand_over(tmp_path, handed("lock", "page", "lock.html"))
    hand_over(tmp_path, handed("lock", "text", "lock.txt"))
    hand_over(tmp_path, handed("tide", "page", "tide.html"))
    told = hand_over(tmp_path, handed("lock", "page", "lock.html", "newer"))
    assert (told["main"], told["words"]) == ("lock.html", "newer")
    assert [other["main"] for other in told["others"]] == ["lock.txt", "tide.html"]


def test_what_stands_there_no_more_is_not_told(tmp_path: Path) -> None:
    hand_over(tmp_path, handed("lock", "page", "lock.html"))
    (tmp_path / "lock.html").unlink()
    assert "others" not in hand_over(tmp_path, handed("tide", "page", "tide.html"))


ODD = (b"", b"[]", b"{}", b"{", b'{"others": 3}', b'{"format": 1, "main": 2, "story": 3}', b"[" * 10**5)


@pytest.mark.parametrize("odd", ODD)
def test_a_manifest_that_is_not_ours_is_replaced(tmp_path: Path, odd: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(odd)
    assert hand_over(tmp_path, handed("lock", "page", "lock.html")) == json.loads(
        handed("lock", "page", "lock.html")["manifest.json"]
    )
