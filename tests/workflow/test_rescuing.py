"""Words that the store does not take: where they go, how they are found again, and what becomes of them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from workstation import app
from workstation.domain.body import body_from_text
from workstation.domain.story_document import read_json
from workstation.errors import StoreError
from workstation.store.stories import StoryShelf
from workstation.workflow import rescued as finding
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.rescued import told_rescues
from workstation.workflow.rescuing import Rescuing
from workstation.workflow.second_places import SecondPlace, second_places


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WORKSTATION_RESCUE", os.pathsep.join(str(tmp_path / name) for name in ("second", "third")))
    opened = [Desk.open(tmp_path / "desk.db", offline=True)]
    opened[0].writing.new("The ferry sails")
    yield opened[0]
    opened[0].close()


def write(desk: Desk, words: str, number: int = 1) -> None:
    writing = desk.writing
    writing.edit(number, replace(writing.story(number), news=body_from_text(words)), label="Typing", spot=Spot("news"))


def rescue(desk: Desk, words: str = "rescued words") -> Rescuing:
    """Words that are in second places and not in the store, as after a kill."""
    write(desk, words)
    rescuing = Rescuing(desk.store, desk.writing)
    assert rescuing.rescue()
    rescuing.leave()
    forget(desk)
    return rescuing


def forget(desk: Desk) -> None:
    desk.writing.reread(1)


def documents(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/story.json"))


def test_the_words_go_whole_into_the_first_place_and_where_that_lies_beside_the_store_into_no_other_one_beside_it(desk, tmp_path):
    rescue(desk)
    (file,) = documents(tmp_path / "second")
    assert read_json(file.read_bytes()).story.news.text == "rescued words"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.parent.stat().st_mode & 0o777 == 0o700
    assert documents(tmp_path / "third") == []


def test_a_place_beside_the_store_is_joined_by_one_that_is_apart(desk, tmp_path):
    write(desk, "words")
    near, far = SecondPlace(tmp_path / "near", True, False), SecondPlace(tmp_path / "far", False, True)
    kept = Rescuing(desk.store, desk.writing, [near, far]).rescue()
    assert [(one.survives, one.apart) for one in kept] == [(True, False), (False, True)]
    assert documents(near.folder)
    assert documents(far.folder)


def test_a_place_that_takes_nothing_gives_way_to_the_next(desk, tmp_path):
    (tmp_path / "second").write_text("no folder")
    rescue(desk)
    assert len(documents(tmp_path / "third")) == 1


def test_a_folder_that_somebody_else_can_write_into_is_no_place(desk, tmp_path):
    (tmp_path / "second").mkdir()
    (tmp_path / "second").chmod(0o777)
    rescue(desk)
    assert documents(tmp_path / "second") == []
    (tmp_path / "third").chmod(0o777)
    assert desk.rescued.waiting() == []


def test_later_words_take_the_place_of_earlier_ones_and_a_copy_left_behind_elsewhere_is_the_older_one(desk, tmp_path):
    write(desk, "first")
    rescuing = Rescuing(desk.store, desk.writing)
    rescuing.rescue()
    (file,) = documents(tmp_path / "second")
    folder = file.parent.parent
    folder.rename(tmp_path / "away")
    folder.write_text("no folder any more")
    write(desk, "second")
    rescuing.rescue()
    folder.unlink()
    (tmp_path / "away").rename(folder)
    forget(desk)
    (waiting,) = desk.rescued.waiting()
    assert waiting.story.news.text == "second"
    assert len(waiting.files) == 2
    desk.rescued.put_in(waiting)
    assert documents(tmp_path / "second") == documents(tmp_path / "third") == []


def test_a_rescue_is_settled_when_the_store_has_the_words_and_kept_when_the_editor_leaves(desk, tmp_path):
    write(desk, "words")
    rescuing = Rescuing(desk.store, desk.writing)
    rescuing.rescue()
    rescuing.settle()
    assert documents(tmp_path / "second"), "the store does not have them"
    desk.writing.save_all()
    rescuing.settle()
    assert list((tmp_path / "second").iterdir()) == []
    write(desk, "more")
    rescuing.rescue()
    rescuing.leave()
    desk.writing.abandon(desk.writing.unsaved())
    rescuing.settle()
    assert documents(tmp_path / "second")


def test_what_the_store_has_now_or_as_a_step_waits_no_more(desk, tmp_path):
    write(desk, "as it came")
    rescuing = Rescuing(desk.store, desk.writing)
    rescuing.rescue()
    desk.writing.save_all()  # and killed before the rescue was settled; the next start goes on
    rescuing.leave()
    write(desk, "as it came, and more")
    desk.writing.save_all()
    forget(desk)
    assert desk.rescued.waiting() == []
    assert documents(tmp_path / "second") == []


def test_an_older_state_of_the_store_does_not_hide_what_was_rescued(desk):
    write(desk, "in the store")
    desk.writing.save_all()
    rescue(desk, "in the store, and rescued")
    (waiting,) = desk.rescued.waiting()
    assert waiting.story.news.text == "in the store, and rescued"
    assert desk.rescued.story_now(waiting).news.text == "in the store"


def test_what_is_put_in_is_a_step_and_what_stood_there_is_a_version(desk):
    write(desk, "what stood there")
    desk.writing.save_all()
    rescue(desk, "what was rescued")
    (waiting,) = desk.rescued.waiting()
    changes, number = desk.rescued.put_in(waiting)
    assert (changes.stories, number) == (frozenset({1}), 1)
    assert desk.store.stories.get(1).news.text == "what was rescued"
    assert desk.versions.read(1, desk.versions.all_of(1)[-1].number).news.text == "what stood there"
    desk.writing.undo(1)
    assert desk.writing.story(1).news.text == "what stood there"
    assert desk.rescued.waiting() == []


def test_what_the_store_does_not_take_stays_rescued(desk, monkeypatch):
    rescue(desk)
    (waiting,) = desk.rescued.waiting()

    def full(*_):
        raise StoreError("There is no room left on the disk")

    monkeypatch.setattr(StoryShelf, "save", full)
    with pytest.raises(StoreError):
        desk.rescued.put_in(waiting)
    monkeypatch.undo()
    monkeypatch.setenv("WORKSTATION_RESCUE", str(waiting.file.parent.parent))
    assert waiting.file.exists()
    desk.writing.save_all()


def test_words_of_a_story_that_is_gone_begin_one_anew_and_go_into_no_other(desk, tmp_path):
    rescue(desk)
    file = documents(tmp_path / "second")[0]
    document = json.loads(file.read_text())
    document["rescued"]["created"] = "2020-01-01T00:00:00+00:00"
    file.write_text(json.dumps(document))
    (waiting,) = desk.rescued.waiting()
    assert desk.rescued.number_of(waiting) is None
    _, number = desk.rescued.put_in(waiting)
    assert number != 1
    assert desk.writing.story(number).news.text == "rescued words"
    assert desk.writing.story(1).news.text == ""


def test_pictures_go_along_and_come_back(desk, tmp_path):
    picture = tmp_path / "lead.png"
    Image.new("RGB", (40, 30), "#0b5f6b").save(picture)
    desk.writing.set_lead_image(1, picture.read_bytes(), "lead.png")
    rescue(desk)
    (waiting,) = desk.rescued.waiting()
    assert (waiting.file.parent / waiting.story.lead_image.file).read_bytes() == picture.read_bytes()
    out = finding.write_rescued(waiting, tmp_path / "saved" / "ferry.json")
    assert (out.parent / "lead.png").exists()
    desk.rescued.put_in(waiting)
    assert desk.writing.files(1)["lead.png"].data == picture.read_bytes()
    assert documents(tmp_path / "second") == []


def test_what_is_dismissed_is_kept_and_not_offered_again(desk, tmp_path):
    rescue(desk)
    (waiting,) = desk.rescued.waiting()
    folder = desk.rescued.dismiss(waiting)
    assert read_json((folder / "story.json").read_bytes()).story.news.text == "rescued words"
    assert folder.parent == tmp_path / "second" / "dismissed"
    assert desk.rescued.waiting() == []


def test_rescues_of_another_desk_and_of_this_start_are_not_offered(desk, tmp_path):
    run = rescue(desk).run
    assert desk.rescued.waiting(but=run) == []
    with Desk.open(tmp_path / "another.db", offline=True) as another:
        another.writing.new("Another")
        assert another.rescued.waiting() == []


def test_half_a_character_does_not_keep_the_words_from_the_second_place(desk, tmp_path):
    write(desk, "half \ud83d of it")
    Rescuing(desk.store, desk.writing).rescue()
    assert "half ? of it" in documents(tmp_path / "second")[0].read_text()
    desk.writing.abandon([1])


def test_the_doctor_names_what_waits_and_an_import_takes_it(desk, tmp_path, capsys):
    rescue(desk)
    (tmp_path / "second" / "broken").mkdir(mode=0o700)
    (tmp_path / "second" / "broken" / "story.json").write_text("{")
    file = documents(tmp_path / "second")[1]
    store = str(tmp_path / "desk.db")
    desk.close()
    assert app.run(["--store", store, "doctor"]) == 1
    told = capsys.readouterr().out
    assert f"Words of “The ferry sails” that were rescued wait in {file}" in told
    assert "broken/story.json holds rescued words but is no story document" in told
    assert app.run(["--store", store, "story", "import", str(file)]) in (2, 3), "the slug is taken"
    other = str(tmp_path / "other.db")
    assert app.run(["--store", other, "story", "import", str(file)]) == 0
    capsys.readouterr()
    assert app.run(["--store", other, "story", "show", "the-ferry-sails"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["news"] == "<p>rescued words</p>"
    assert "rescued" not in shown
    assert len(told_rescues(tmp_path / "desk.db")) == 2


def test_the_best_place_comes_first(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKSTATION_RESCUE")
    found = second_places(tmp_path / "desk.db")
    assert len({place.folder for place in found}) == len(found) >= 3
    ranks = [(not place.survives, not place.apart) for place in found]
    assert ranks == sorted(ranks)
    if Path("/dev/shm").is_dir():
        assert any(str(place.folder).startswith("/dev/shm") and not place.survives for place in found)
