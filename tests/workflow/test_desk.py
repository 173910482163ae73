from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workstation.domain.story import Story
from workstation.errors import StoreError
from workstation.store import Store
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot


def typed(desk: Desk, headline: str) -> int:
    """A story with a headline that is not saved yet."""
    number = desk.writing.new("Saved")
    story = replace(desk.writing.story(number), headline=headline)
    desk.writing.edit(number, story, label="Headline", spot=Spot("headline"))
    return number


def headlines(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [entry.headline for entry in store.stories.entries()]


def test_a_backup_has_the_words_on_the_screen(desk: Desk, tmp_path: Path) -> None:
    typed(desk, "Typed a moment ago")
    desk.backup(tmp_path / "copy.db")
    assert desk.path == tmp_path / "desk.db"
    assert headlines(tmp_path / "copy.db") == ["Typed a moment ago"]


def test_a_backup_is_written_although_a_story_cannot_be_saved_and_that_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = typed(desk, "Precious")

    def failing(_id: int, _story: Story) -> None:
        raise StoreError("Not saved", "It is broken.")

    monkeypatch.setattr(desk.store.stories, "save", failing)
    with pytest.raises(StoreError, match="Precious"):
        desk.backup(tmp_path / "copy.db")
    assert headlines(tmp_path / "copy.db") == ["Saved"]
    assert desk.writing.unsaved() == [number]
