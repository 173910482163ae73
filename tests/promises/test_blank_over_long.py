"""A blank or much shorter text over a long one: the long one is a version before the short one is saved, by whatever way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.promises.disk import CHANGES, Disk, needs_a_compiler
from workstation.domain.body import EMPTY, body_from_text
from workstation.domain.correction import Correction
from workstation.domain.story import LeadImage, SignalCard, Story
from workstation.errors import StoreError
from workstation.store import Store
from workstation.store.versions import VersionShelf
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

ROOT = Path(__file__).parents[2]
LONG = "The lock at Orrin opened after nine years of repairs and the barges began to move. " * 6
SHORT = "Nine years of repairs were paid by tolls. " * 4
BODY = body_from_text(LONG)


class Seconds:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder / "desk.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def writing(store: Store) -> Writing:
    return Writing(store, Seconds())


def change(writing: Writing, number: int, story: Story) -> None:
    writing.edit(number, story, label="Typing", spot=Spot("news"), merge="typing")


def kept(store: Store, number: int) -> list[Story]:
    return [store.versions.read(number, version.number) for version in store.versions.all_of(number)]


def card(story: Story, **fields: object) -> Story:
    return replace(story, signals=(replace(story.signals[0], **fields),))


FULL = Story(
    slug="lock",
    headline=LONG.strip(),
    notes=LONG.strip(),
    news=BODY,
    signals=(SignalCard(headline="One", body=BODY), SignalCard(headline="Two", body=body_from_text(SHORT))),
    corrections=(Correction(now(), LONG.strip()),),
    lead_image=LeadImage(file="gate.png", caption=SHORT),
)
FEW = replace(FULL, signals=tuple(SignalCard(headline=f"Card {n}", body=body_from_text(SHORT)) for n in range(4)))

WAYS: dict[str, Callable[[Story], Story]] = {
    "no news": lambda story: replace(story, news=EMPTY),
    "a word over the news": lambda story: replace(story, news=body_from_text("x")),
    "no headline": lambda story: replace(story, headline=""),
    "no notes": lambda story: replace(story, notes=""),
    "no body in a card": lambda story: replace(story, signals=(replace(story.signals[0], body=EMPTY), *story.signals[1:])),
    "a short body over that of a card": lambda story: card(story, body=body_from_text("x")),
    "no card at all": lambda story: replace(story, signals=()),
    "one card less": lambda story: replace(story, signals=story.signals[1:]),
    "no corrections": lambda story: replace(story, corrections=()),
    "no lead image": lambda story: replace(story, lead_image=None),
    "nothing at all": lambda story: Story(slug=story.slug, headline=""),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("written", ["in this session", "in an earlier one"])
def test_the_long_text_is_a_version_when_the_short_one_is_saved(way: str, written: str, store: Store, writing: Writing) -> None:
    number = writing.new("Lock")
    change(writing, number, FULL)
    writing.save(number)
    if written == "in an earlier one":
        writing = Writing(store, Seconds())
    was = writing.story(number)
    before = len(store.versions.all_of(number))
    change(writing, number, WAYS[way](was))
    writing.save(number)
    assert was in kept(store, number)[before:]


@pytest.mark.parametrize("written", ["in this session", "in an earlier one"])
def test_many_short_cards_are_not_removed_one_by_one_without_a_version_of_all(
    written: str, store: Store, writing: Writing
) -> None:
    number = writing.new("Lock")
    change(writing, number, replace(FEW, news=EMPTY, notes="", headline="A lock", corrections=()))
    writing.save(number)
    if written == "in an earlier one":
        writing = Writing(store, Seconds())
    was = writing.story(number)
    for one in was.signals:
        writing.remove_card(number, one.key)
        writing.save(number)
    assert was in kept(store, number)


@pytest.mark.parametrize("saved_every", [1, 7, 10_000])
def test_a_held_backspace_leaves_the_longest_text_as_a_version(saved_every: int, store: Store, writing: Writing) -> None:
    """Typed and taken away again within a minute, before any version is due by itself."""
    number = writing.new("Lock")
    for end in range(1, len(LONG) + 1, 9):
        change(writing, number, replace(writing.story(number), news=body_from_text(LONG[:end])))
        writing.save(number)
    longest = writing.story(number).news.text
    for left in range(len(longest) - 1, -1, -3):
        change(writing, number, replace(writing.story(number), news=body_from_text(longest[:left])))
        if left % saved_every == 0:
            writing.save(number)
    writing.save_all()
    versions = kept(store, number)
    assert longest in [version.news.text for version in versions]
    assert len(versions) <= 6


def test_undo_past_a_long_text_and_redo_over_it_keep_both(store: Store, writing: Writing) -> None:
    number = writing.new("Lock")
    writing.edit(number, replace(writing.story(number), news=BODY), label="News", spot=Spot("news"))
    writing.save(number)
    writing.undo(number)
    writing.save(number)
    assert BODY in [version.news for version in kept(store, number)]
    writing.edit(number, replace(writing.story(number), region="Valley"), label="Region", spot=Spot("region"))
    assert writing.redo(number) is None
    writing.save(number)
    assert BODY in [version.news for version in kept(store, number)]


def test_a_restore_of_a_blank_version_keeps_the_long_text(store: Store, writing: Writing) -> None:
    versions = Versions(store, writing)
    number = writing.new("Lock")
    blank = versions.keep(number, "Blank")
    change(writing, number, replace(writing.story(number), news=BODY))
    versions.restore(number, blank)
    writing.save(number)
    assert not writing.story(number).news
    assert BODY in [version.news for version in kept(store, number)]


def test_the_state_before_the_first_edit_is_a_version_though_the_program_closes_at_once(path: Path) -> None:
    with Store.open(path) as store:
        writing = Writing(store)
        number = writing.new("Lock")
        change(writing, number, FULL)
        writing.save(number)
    with Store.open(path) as store:
        writing = Writing(store)
        was = writing.story(number)
        change(writing, number, replace(was, region="Valley"))
        writing.save_all()
    with Store.open(path) as store:
        assert was in kept(store, number)


def test_a_version_that_cannot_be_kept_leaves_the_long_text_in_the_store_and_both_are_saved_later(
    store: Store, writing: Writing, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = writing.new("Lock")
    change(writing, number, FULL)
    writing.save(number)
    was = writing.story(number)
    change(writing, number, replace(was, news=EMPTY))

    def refuse(*_: object, **__: object) -> None:
        raise StoreError("There is no room left on the disk", "Make room.")

    with monkeypatch.context() as failing:
        failing.setattr(VersionShelf, "add", refuse)
        for _ in range(2):
            with pytest.raises(StoreError):
                writing.save(number)
        assert store.stories.get(number) == was
        assert writing.unsaved() == [number]
    writing.save(number)
    assert not store.stories.get(number).news
    assert was in kept(store, number)


BLANK = """
import sys
from dataclasses import replace
from pathlib import Path
from workstation.domain.body import EMPTY
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing
store = Store.open(Path(sys.argv[1]))
writing = Writing(store)
writing.story(1)
print("ready", flush=True)
sys.stdin.readline()
writing.edit(1, replace(writing.story(1), news=EMPTY), label="Cut", spot=Spot("news"))
writing.save(1)
"""


@needs_a_compiler
def test_a_kill_at_any_operation_leaves_the_long_text_in_the_story_or_in_a_version(
    path: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    seen = set()
    for point in range(rounds(5, 40)):
        for old in path.parent.iterdir():
            old.unlink()
        with Store.open(path) as store:
            store.stories.add(FULL)
        disk = Disk(path.parent, tmp_path / "harness")
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", BLANK, str(path)],
            env=os.environ | {"PYTHONPATH": str(ROOT)} | disk.environment(),
            stdin=pipe,
            stdout=pipe,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        disk.die(CHANGES, after=point)
        process.communicate("\n", timeout=120)
        assert process.returncode in (0, -signal.SIGKILL)
        with Store.open(path) as store:
            story, versions = store.stories.get(1), kept(store, 1)
            assert story.news == BODY or FULL.news in [version.news for version in versions]
            seen.add(bool(story.news))
            assert store.check() == []
    assert True in seen
