"""However a long story is changed, what the screen shows is what a fresh load of its page would show."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import shiboken6

from workstation.domain.body import Block, BlockKind, Body, Marks, Run, canonical
from workstation.domain.changes import stories_changed
from workstation.domain.story import SignalCard, Source, Story
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.preview.screen import Screen
from workstation.ui.session import Session
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing

from .conftest import READY

CARDS = 60
WORDS = ("the", "lock", "keeper", "barges", "below", "the", "weir", "&", "<when>", "“the", "gauge”", "rises", "القناة", "水位")


def sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words))


def block(chance: Random) -> Block:
    kind = chance.choices(list(BlockKind), (8, 1, 1))[0]
    run = Run(sentence(chance, chance.choice((1, 5, 60))), chance.choice((Marks(), Marks(strong=True), Marks(quote="a1"))))
    return Block((run, Run("\nand more", Marks(link="https://lantern.example/a"))), kind, chance.random() < 0.1)


def card(chance: Random) -> SignalCard:
    """Many cards begin or end alike, as those of a template do."""
    blocks = [block(chance) for _ in range(chance.randint(0, 4))]
    alike = Block((Run("The same words stand in many cards. " * 8),))
    return SignalCard(
        headline=chance.choice(("", "Low water", "Low water", sentence(chance, 4))),
        sources=(Source(name="The Lantern Post", url="https://lantern.example/"),) * chance.randint(0, 1),
        body=canonical(chance.choice(([alike, *blocks], [*blocks, alike], blocks))),
    )


class Hands:
    """What an editor does to a story, chosen by chance."""

    def __init__(self, writing: Writing, number: int, chance: Random) -> None:
        self.writing, self.number, self.chance = writing, number, chance

    @property
    def story(self) -> Story:
        return self.writing.story(self.number)

    def anything(self) -> None:
        kinds = (self.type, self.type, self.write, self.insert, self.copy, self.remove, self.move, self.park, self.bring_back)
        self.chance.choice((*kinds, self.back, self.again, self.headline, self.news))()

    def edit(self, story: Story) -> None:
        self.writing.edit(self.number, story, label="Typing", spot=Spot("news"))

    def some(self) -> SignalCard:
        return self.chance.choice(self.story.signals) if self.story.signals else SignalCard()

    def type(self) -> None:
        own = self.some()
        at = self.chance.randint(0, len(own.body.blocks))
        new = [*own.body.blocks[:at], block(self.chance), *own.body.blocks[at + self.chance.randint(0, 1) :]]
        self.edit(self.story.with_changed_card(replace(own, body=canonical(new))))

    def write(self) -> None:
        own = self.some()
        blocks = own.body.blocks or (Block((Run("x"),)),)
        new = canonical([*blocks[:-1], replace(blocks[-1], runs=(*blocks[-1].runs, Run("n")))])
        self.edit(self.story.with_changed_card(replace(own, body=new)))

    def insert(self) -> None:
        new = self.chance.choice((SignalCard(), card(self.chance)))
        self.edit(self.story.with_card(new, self.chance.randint(0, len(self.story.signals))))

    def copy(self) -> None:
        own = self.some()
        self.edit(self.story.with_card(replace(own, key="k" + str(self.chance.random())), self.story.position(own.key)))

    def remove(self) -> None:
        self.writing.remove_card(self.number, self.some().key)

    def move(self) -> None:
        self.writing.move_card(self.number, self.some().key, self.chance.randint(0, len(self.story.signals)))

    def park(self) -> None:
        self.writing.park_card(self.number, self.some().key)

    def bring_back(self) -> None:
        if self.story.parked:
            self.writing.bring_back_card(self.number, self.chance.choice(self.story.parked).key, 3)

    def back(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            self.writing.undo(self.number)

    def again(self) -> None:
        for _ in range(self.chance.randint(1, 4)):
            self.writing.redo(self.number)

    def headline(self) -> None:
        self.edit(replace(self.story, headline=sentence(self.chance, 3)))

    def news(self) -> None:
        self.edit(replace(self.story, news=canonical([block(self.chance) for _ in range(3)])))


@pytest.fixture
def real_desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "desk.db", offline=True, publications=tmp_path) as desk:
        yield desk


@pytest.fixture
def real_pane(qtbot, session: Session, theme, real_desk: Desk) -> Iterator[PreviewPane]:
    pane = PreviewPane(session, theme, real_desk.publishing, real_desk.writing)
    pane.resize(460, 800)
    pane.show()
    yield pane
    with qtbot.waitSignal(pane.stopped, timeout=READY):
        pane.stop()
    shiboken6.delete(pane)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each patch whether it was a shortened one. No patch with the whole page comes after it to mend it."""
    from workstation.ui.preview import screen

    told: list[bool] = []
    real = screen.shortened
    monkeypatch.setattr(screen, "shortened", lambda *pages: told.append((found := real(*pages)) is not None) or found)
    monkeypatch.setattr(Screen, "verify", lambda self: None)
    return told


@pytest.fixture
def ask(qtbot, real_pane: PreviewPane) -> Callable[[str], str]:
    def run(script: str) -> str:
        answers: list[str] = []
        real_pane._engine.run(script, answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=READY)
        return answers[0]

    return run


FRESH = "new DOMParser().parseFromString({}, 'text/html').documentElement.outerHTML"


def test_every_patch_of_a_long_story_shows_what_a_fresh_load_shows(real_desk, real_pane, session, sent, ask, qtbot) -> None:
    chance = Random(20260302)
    cards = tuple(card(chance) for _ in range(CARDS))
    news = Body((Block((Run("The gauge stands at its lowest. " * 10),)),))
    number = real_desk.writing.begin(Story(slug="s", headline="Low water", news=news, signals=cards), {})
    hands = Hands(real_desk.writing, number, chance)

    def settle() -> None:
        def newest() -> bytes:
            page = real_desk.publishing.page(number)
            return page.files[page.main]

        qtbot.waitUntil(lambda: real_pane.is_settled and real_pane.shown_bytes == newest(), timeout=READY)

    session.show_story(number)
    real_pane.start()
    settle()
    for turn in range(150):
        for _ in range(chance.choice((1, 1, 1, 3))):
            hands.anything()
            session.publish(stories_changed(number))
        settle()
        shown = ask("document.documentElement.outerHTML")
        assert shown == ask(FRESH.format(json.dumps(real_pane.shown_bytes.decode()))), f"after turn {turn}"
    patched = ask("workstation.serialised()")
    real_pane._screen.forget()
    real_pane._start_again()
    settle()
    assert patched == ask("workstation.serialised()")
    assert sum(sent) > 60
