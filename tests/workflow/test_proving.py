"""The evidence of a story, and what a packet is worth that somebody touched."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from workstation.domain.evidence import WitnessKind
from workstation.domain.problem import Severity
from workstation.errors import InputError
from workstation.ingest.worker import ReadingWorker
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot
from workstation.workflow.verifying import verify

from .conftest import MakeDesk

Entries = dict[str, bytes]


@pytest.fixture
def sample(desk: Desk) -> int:
    return desk.sampling.load()[1]


@pytest.fixture
def packet(desk: Desk, sample: int, tmp_path: Path) -> Path:
    return desk.proving.write_packet(sample, tmp_path / "evidence.zip")


def entries(packet: Path) -> Entries:
    with zipfile.ZipFile(packet) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def record(packet: Path) -> dict[str, Any]:
    return json.loads(entries(packet)["evidence.json"])


def touched(packet: Path, touch: Callable[[Entries], object]) -> Path:
    """A copy of the packet after somebody has been at its files."""
    found = entries(packet)
    touch(found)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for name, data in found.items():
            opened.writestr(name, data)
    out = packet.with_name("touched.zip")
    out.write_bytes(held.getvalue())
    return out


def rewritten(found: Entries, name: str, change: Callable[[Any], object]) -> None:
    told = json.loads(found[name])
    change(told)
    found[name] = json.dumps(told, ensure_ascii=False).encode()


def everywhere(found: Entries, old: str, new: str) -> None:
    """One who knows the format: the words are changed in every file that tells them, and hashed again."""
    for name in found:
        if not name.startswith("items/"):
            found[name] = found[name].replace(old.encode(), new.encode())

    def hash_again(told: dict[str, Any]) -> None:
        told["story"]["sha256"] = sha256(found["story.json"]).hexdigest()
        for source in told["sources"]:
            source["text_sha256"] = sha256(found[source["text"]]).hexdigest()

    rewritten(found, "evidence.json", hash_again)


def faults(packet: Path, worker: ReadingWorker, touch: Callable[[Entries], object]) -> str:
    return " ".join(verify(touched(packet, touch), worker).faults)


def a_quotation(packet: Path) -> str:
    return next(
        one["exact"]
        for one in record(packet)["witnesses"]
        if one["kind"] == "quotation" and one["state"] == "exact" and len(one["exact"].split()) > 5
    )


# --- what is gathered ----------------------------------------------------------------------------------------------


def test_every_quotation_has_its_address_time_hash_offsets_and_exact_words(desk: Desk, sample: int, packet: Path) -> None:
    told, found = record(packet), entries(packet)
    quotations = [one for one in told["witnesses"] if one["kind"] == "quotation"]
    assert len(quotations) == len(desk.reviewing.review(sample).quotations) > 0
    sources = {one["item"]: one for one in told["sources"]}
    for one in quotations:
        source = sources[one["item"]]
        assert found[source["text"]].decode()[one["start"] : one["end"]] == one["exact"]
        assert sha256(found[source["original"]]).hexdigest() == one["sha256"] == source["sha256"]
        assert (one["address"], one["captured"]) == (source["address"], source["captured"])


def test_every_source_of_every_card_is_attributed(desk: Desk, sample: int, packet: Path) -> None:
    named = [source.printed for card in desk.writing.story(sample).signals for source in card.sources]
    told = [one for one in record(packet)["witnesses"] if one["kind"] == "source"]
    assert [one["words"] for one in told] == named
    assert all(one["address"] and one["captured"] and one["sha256"] for one in told)


def test_a_tied_sentence_is_told_with_its_passage(desk: Desk, sample: int) -> None:
    story = desk.writing.story(sample)
    item = desk.store.items.get(story.item_ids[0])
    sentence = next(one for one in desk.reviewing.review(sample).claims if one.place.card == 0 and not one.rests)
    desk.claiming.tie(sample, story.signals[0].key, sentence.words, item.id, 0, 39)
    told = desk.proving.evidence(sample).of(WitnessKind.SENTENCE)
    tied = next(one for one in told if one.words == sentence.words)
    assert (tied.state, tied.holds, tied.item, tied.exact) == ("tied", True, item.id, item.text[:39])


def test_a_sentence_that_nobody_tied_is_no_evidence(desk: Desk, sample: int) -> None:
    untied = [one for one in desk.proving.evidence(sample).of(WitnessKind.SENTENCE) if not one.holds]
    assert untied
    assert {(one.item, one.exact) for one in untied} == {(None, None)}


def test_a_packet_opens_as_a_story_on_another_desk(packet: Path, desk: Desk, sample: int, make_desk: MakeDesk) -> None:
    there = make_desk("other.db")
    imported = there.documents.import_document(packet)
    assert [line for line in imported.left_out if "picture" not in line] == []
    assert there.writing.story(imported.story) == desk.writing.story(sample)


def test_a_story_without_anything_has_evidence_of_nothing(desk: Desk, tmp_path: Path, worker: ReadingWorker) -> None:
    verified = verify(desk.proving.write_packet(desk.writing.new("Empty"), tmp_path / "empty.zip"), worker)
    assert verified.is_true
    assert verified.evidence.witnesses == ()


def test_a_packet_is_a_zip(desk: Desk, sample: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must end in \.zip"):
        desk.proving.write_packet(sample, tmp_path / "evidence.json")


# --- what is verified ----------------------------------------------------------------------------------------------


def test_an_untouched_packet_is_true_on_a_machine_without_the_desk(packet: Path, worker: ReadingWorker) -> None:
    verified = verify(packet, worker)
    assert (verified.faults, verified.notes, verified.unborne) == ((), (), ())
    assert verified.is_true


def test_a_quotation_that_was_waived_is_not_borne_out_and_says_why(
    desk: Desk, sample: int, tmp_path: Path, worker: ReadingWorker
) -> None:
    story = desk.writing.story(sample)
    card = story.signals[0]
    block = card.body.blocks[0]
    runs = tuple(replace(run, text=f"never {run.text}") if run.marks.quote else run for run in block.runs)
    body = replace(card.body, blocks=(replace(block, runs=runs), *card.body.blocks[1:]))
    desk.writing.edit(sample, story.with_changed_card(replace(card, body=body)), label="x", spot=Spot("body", card.key))
    for problem in desk.reviewing.review(sample).problems:
        if problem.severity is Severity.BLOCKER:
            desk.reviewing.waive(sample, problem, "She said it to us")
    verified = verify(desk.proving.write_packet(sample, tmp_path / "waived.zip"), worker)
    assert verified.faults == ()
    assert {one.waived for one in verified.unborne} == {"She said it to us"}
    assert not verified.is_true


def test_a_word_changed_in_story_source_and_record_alike_is_betrayed_by_the_original(packet: Path, worker: ReadingWorker) -> None:
    exact = a_quotation(packet)
    word = next(word for word in exact.split()[1:-1] if word.isalpha() and len(word) > 3)
    new = exact.replace(word, "x" * len(word), 1)
    assert "does not have this line in its original" in faults(packet, worker, lambda found: everywhere(found, exact, new))


def test_a_quotation_changed_in_the_story_alone_is_told_twice(packet: Path, worker: ReadingWorker) -> None:
    exact = a_quotation(packet)

    def touch(found: Entries) -> None:
        found["story.json"] = found["story.json"].replace(exact.encode(), f"never {exact}".encode())

    told = faults(packet, worker, touch)
    assert "is not in the record" in told
    assert "is in the record, but not in the story" in told


def test_a_story_of_another_hash_is_told(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        found["story.json"] = found["story.json"].replace(b'"headline": "', b'"headline": "Oh: ', 1)

    assert "not the one that the evidence was gathered for" in faults(packet, worker, touch)


@pytest.mark.parametrize(
    ("field", "value"), [("start", 3), ("exact", "Other words"), ("state", "folded"), ("holds", False), ("sha256", "0" * 64)]
)
def test_what_a_record_says_of_a_quotation_is_found_anew(packet: Path, worker: ReadingWorker, field: str, value: object) -> None:
    def change(told: dict[str, Any]) -> None:
        next(one for one in told["witnesses"] if one["kind"] == "quotation")[field] = value

    told = faults(packet, worker, lambda found: rewritten(found, "evidence.json", change))
    assert f"is not as the record says: {field} is " in told


def test_a_quotation_that_the_record_hides_is_told(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        rewritten(found, "evidence.json", lambda told: told["witnesses"].pop(0))

    assert "is not in the record" in faults(packet, worker, touch)


def test_a_source_that_leads_elsewhere_than_to_its_evidence_is_told(packet: Path, worker: ReadingWorker) -> None:
    def change(told: dict[str, Any]) -> None:
        told["signals"][0]["sources"][0] |= {"url": "https://elsewhere.example/", "item": None}

    told = faults(packet, worker, lambda found: rewritten(found, "story.json", change))
    assert "leads to another page than the source that is given for it" in told


def test_a_text_for_people_that_differs_from_the_one_that_was_checked_is_told(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        found[next(name for name in found if name.startswith("texts/"))] += b" and more"

    assert "is not the one that was checked" in faults(packet, worker, touch)


def test_a_page_that_shows_people_something_else_is_not_let_pass(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        found["evidence.html"] += b"<p>All of it is true."

    assert "evidence.html is not the page of this record" in faults(packet, worker, touch)


def test_a_source_tied_to_the_page_of_somebody_else_is_told(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        named = next(one for one in record(packet)["witnesses"] if one["kind"] == "source" and one["item"])

        def change(told: dict[str, Any]) -> None:
            told["signals"][0]["sources"][0] |= {"url": "https://elsewhere.example/", "item": named["item"]}

        assert named["place"] == "signals[0].sources[0]"
        rewritten(found, "story.json", change)

    assert "leads to another page than the source that is given for it" in faults(packet, worker, touch)


def test_a_source_that_only_the_record_knows_is_told(packet: Path, worker: ReadingWorker) -> None:
    def change(told: dict[str, Any]) -> None:
        told["sources"].append({**told["sources"][0], "item": "0" * 64, "outlet": "The Best of Papers"})

    assert "lists other sources" in faults(packet, worker, lambda found: rewritten(found, "evidence.json", change))


def test_what_lies_beside_the_evidence_is_named(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        found["certificate.html"] = b"<h1>All true</h1>"
        rewritten(found, "evidence.json", lambda told: told.update(certified="yes"))

    notes = " ".join(verify(touched(packet, touch), worker).notes)
    assert "certificate.html" in notes
    assert "certified" in notes


def test_an_altered_original_stops_the_verification(packet: Path, worker: ReadingWorker) -> None:
    def touch(found: Entries) -> None:
        found[next(name for name in found if name.startswith("items/"))] += b" "

    with pytest.raises(InputError, match="was altered on its way"):
        verify(touched(packet, touch), worker)


def put(found: Entries, text: bytes) -> None:
    found["evidence.json"] = text


def twice(found: Entries) -> None:
    """The first of two witnesses of the same words lies; who reads the record by eye may believe it."""
    rewritten(found, "evidence.json", lambda told: told["witnesses"].insert(0, {**told["witnesses"][0], "exact": "A lie"}))


BROKEN: Mapping[str, Callable[[Entries], object]] = {
    "no record": lambda found: found.pop("evidence.json"),
    "no JSON": lambda found: put(found, b"{"),
    "another format": lambda found: put(found, b'{"format": "x/1"}'),
    "no list": lambda found: put(found, b'{"format": "workstation-evidence/1", "witnesses": 3}'),
    "a list of numbers": lambda found: put(found, b'{"format": "workstation-evidence/1", "witnesses": [3]}'),
    "no story": lambda found: found.pop("story.json"),
    "a witness twice": twice,
    "a key twice": lambda found: put(found, found["evidence.json"].replace(b"{", b'{"witnesses": [],', 1)),
    "too deep": lambda found: put(found, b"[" * 100_000),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_no_packet_is_refused_with_its_cause(packet: Path, worker: ReadingWorker, how: str) -> None:
    with pytest.raises(InputError) as refused:
        verify(touched(packet, BROKEN[how]), worker)
    assert refused.value.detail


ODD = ({"sources": 3, "versions": []}, {"versions": {"x": 3}}, {"publication": None, "language": 7}, {"story": None})


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_odd_values_in_a_record_are_told_and_never_crash(packet: Path, worker: ReadingWorker, odd: dict[str, Any]) -> None:
    verified = verify(touched(packet, lambda found: rewritten(found, "evidence.json", lambda told: told.update(odd))), worker)
    assert verified.faults or verified.notes or set(odd) == {"versions"}
