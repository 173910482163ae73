"""Spelling over a real desk, with the real library in its process."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.domain.body import body_from_text
from workstation.domain.item import Capture
from workstation.domain.story import SignalCard, Source, Story
from workstation.ingest.reading import read
from workstation.store import Store
from workstation.workflow.dictionaries import Dictionary, find_dictionary, shipped_folder
from workstation.workflow.spelling import Spelling
from workstation.workflow.spelling_worker import american_spellings
from workstation.workflow.writing import Writing


def dictionary(folder: Path, name: str, *words: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_text("SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n", encoding="utf-8")
    (folder / f"{name}.dic").write_text("\n".join([str(len(words)), *words]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def desk(tmp_path):
    store = Store.open(tmp_path / "desk.db")
    shipped = shipped_folder()
    assert shipped is not None
    spelling = Spelling(store, Writing(store), [tmp_path / "dictionaries", shipped])
    yield store, spelling
    spelling.close()
    store.close()


def story(store: Store, *sources: Source) -> int:
    return store.stories.add(Story(slug="story", headline="", signals=(SignalCard(sources=sources, body=body_from_text("x")),)))


def faults(spelling: Spelling, number: int, text: str, language: str = "en") -> list[str]:
    found = spelling.faults(number, language, [text])
    assert found is not None
    return [word.word for word in found[0]]


def test_words_that_no_dictionary_has_are_told_with_their_places(desk):
    store, spelling = desk
    number = story(store)
    first, second = spelling.faults(number, "en-US", ["It isn’t teh harbor’s end.", "Fine."])
    assert [(word.start, word.end, word.word) for word in first] == [(9, 12, "teh")]
    assert second == ()


def test_names_of_the_sources_and_of_their_archived_texts_are_known(desk):
    store, spelling = desk
    text = "The pilot Zorvane Quillfeather sailed past the Hallingsiel lock before sunrise on Thursday, said the brumbaling crew."
    article = f"<article><p>{text}</p><p>{text}</p></article>"
    page = f"<html lang='en'><head><title>Orrinlock opens</title></head><body>{article}</body></html>"
    capture: Capture = read(page.encode(), captured=datetime(2026, 3, 2, tzinfo=UTC), name="a.html", media_type="text/html")
    store.items.add(capture)
    number = story(
        store, Source(name="Vexley Wire", of="Plonder Press", item=capture.item.id), Source(name="gone", item="missing")
    )
    told = "Quillfeather’s Hallingsiel, Orrinlock, Vexley, Plonder; brumbaling and Wuzzlefrop"
    assert faults(spelling, number, told) == ["brumbaling", "Wuzzlefrop"]


def test_an_added_word_is_known_in_every_story_and_an_ignored_one_in_its_own(desk, tmp_path):
    store, spelling = desk
    one, other = story(store), store.stories.add(Story(slug="other", headline=""))
    spelling.add("wuzzle’s")
    spelling.add("frobble")
    spelling.ignore(one, "quonk")
    assert faults(spelling, one, "Frobble frobble’s quonk zzyzx") == ["zzyzx"]
    assert faults(spelling, other, "frobble quonk") == ["quonk"]
    again = Spelling(store, Writing(store), [shipped_folder()])
    assert faults(again, other, "frobble quonk") == ["quonk"]
    again.close()


def test_suggestions_keep_the_apostrophe_and_are_at_most_six(desk):
    _, spelling = desk
    assert "the" in spelling.suggestions("teh", "en")
    assert spelling.suggestions("Teh", "en")[0] == "The"
    assert len(spelling.suggestions("teh", "en")) <= 6
    assert "doesn’t" in spelling.suggestions("dosen’t", "en")


def test_a_language_without_a_dictionary_has_no_answer_until_one_is_dropped_beside_the_desk(desk, tmp_path):
    store, spelling = desk
    number = story(store)
    assert spelling.faults(number, "tlh", ["qapla"]) is None
    assert spelling.suggestions("qapla", "tlh") == ()
    dictionary(tmp_path / "dictionaries", "tlh", "qapla")
    assert faults(spelling, number, "qapla batlh Неве", "tlh") == ["batlh"]


def test_a_broken_dictionary_marks_nothing_and_breaks_nothing(desk, tmp_path):
    store, spelling = desk
    number = story(store)
    folder = dictionary(tmp_path / "dictionaries", "xx", "word")
    (folder / "xx.dic").write_bytes(b"\xff\xfe\x00garbage" * 100)
    (folder / "xx.aff").write_bytes(b"SET nonsense\nPFX A Y 99999\n")
    found = spelling.faults(number, "xx", ["word"])
    assert found is None or len(found) == 1
    assert faults(spelling, number, "teh") == ["teh"]


def test_the_very_region_comes_first_then_the_language_then_any(tmp_path):
    mine, system = tmp_path / "mine", tmp_path / "system"
    for name in ("de_DE", "de_AT", "en_US", "pt-BR"):
        dictionary(system, name, "x")
    dictionary(mine, "de_AT", "x")
    (system / "fr.dic").write_text("0\n")  # without its .aff it is of no use
    folders = [mine, system]
    assert find_dictionary("de-AT", folders) == Dictionary(mine, "de_AT")
    assert find_dictionary("de", folders) == find_dictionary("de-CH", folders) == Dictionary(system, "de_DE")
    assert find_dictionary("pt", folders) == Dictionary(system, "pt-BR")
    assert find_dictionary("fr", folders) is None
    assert find_dictionary("en-GB", folders) == Dictionary(system, "en_US", is_american=True)
    dictionary(mine, "en_GB", "x")
    assert find_dictionary("en-AU", folders) == Dictionary(mine, "en_GB")
    assert find_dictionary("en", folders) == Dictionary(system, "en_US", is_american=True)
    assert find_dictionary("en-US", folders) == Dictionary(system, "en_US")


def test_british_spelling_is_right_in_a_british_story_when_only_the_american_dictionary_is_there(desk):
    store, spelling = desk
    number = story(store)
    british = "The colours of the harbour centre, organised and travelling, a dialogue of defence and skilful labour"
    assert faults(spelling, number, british, "en-GB") == []
    assert faults(spelling, number, "colour teh", "en-GB") == ["teh"]
    assert faults(spelling, number, "colour", "en-US") == ["colour"]
    assert "organized" in american_spellings("organised")


def test_the_library_is_started_again_after_its_process_died(desk):
    store, spelling = desk
    number = story(store)
    assert faults(spelling, number, "teh") == ["teh"]
    spelling._worker._process._process.kill()
    spelling._worker._process._process.wait()
    assert faults(spelling, number, "recieve") == ["recieve"]
