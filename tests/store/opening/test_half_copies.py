"""Half copies that a killed process left go with the next opening; nothing else does."""

from __future__ import annotations

import os
from pathlib import Path

from workstation.store import Store


def test_half_copies_go_when_the_store_is_opened_and_everything_else_stays(tmp_path: Path) -> None:
    store = tmp_path / "desk.db"
    Store.open(store).close()
    halves = [".desk.db.arriving", ".desk.db.salvaging", ".desk.db.before-feeds.db.partial", ".desk.db.arriving-journal"]
    others = [".other.db.partial", "desk.db.replaced-1", ".desk.db.note", "desk.db.before-feeds.db"]
    for name in halves + others:
        (tmp_path / name).write_text("x")
    old, new = tmp_path / ".workstation-check-old", tmp_path / ".workstation-check-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "copy.db").write_text("x")
    os.utime(old, (1, 1))
    Store.open(store).close()
    assert {path.name for path in tmp_path.iterdir()} >= {*others, new.name, "desk.db"}
    assert not [name for name in [*halves, old.name] if (tmp_path / name).exists()]
