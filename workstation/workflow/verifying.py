"""Verifying a packet without a desk: its evidence is found anew in its own story and originals, and held against its record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from workstation.domain.evidence import FORMAT, Evidence, Witness, WitnessKind, text_name, witness_fields, write_evidence
from workstation.domain.evidence_packet import PAGE, RECORD
from workstation.domain.item import Item
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.story_archive import ArchivedItem, StoryArchive, unpack
from workstation.domain.story_document import read_json
from workstation.domain.web_address import same_page
from workstation.domain.wording import shortened
from workstation.errors import InputError, ReadError
from workstation.ingest.trying import check_opens
from workstation.ingest.worker import ReadingWorker
from workstation.render.evidence_page import evidence_page
from workstation.workflow.bearing_out import bear_out
from workstation.workflow.rereading import read_again

LARGEST_PACKET = 128 * 2**20
_TITLE = "The packet cannot be verified"


@dataclass(frozen=True, slots=True)
class Verified:
    """What the verification of a packet found.

    ``faults`` are what is not as the packet says, a sentence each; ``notes`` what is odd but does no harm. ``unborne`` are the
    quotations and sources that the packet itself does not claim to be borne out.
    """

    evidence: Evidence
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    unborne: tuple[Witness, ...]

    @property
    def is_true(self) -> bool:
        """Whether all is as the packet says, and every quotation and source is borne out."""
        return not self.faults and not self.unborne


def verify(packet: Path, worker: ReadingWorker) -> Verified:
    """Hold a packet against itself.

    Every original is read again; the quotations, sentences and sources of its story are checked anew against those texts; and
    what is found has to be what the record says, no more and no less.

    Raises:
        InputError: it is no packet, or so damaged that nothing can be said about it.
    """
    data = _bytes(packet)
    check_opens(worker, data, packed=True)
    archive = unpack(data)
    record = _record(archive)
    reading = read_json(archive.document)
    told = _told(record)
    items, faults, notes = _read_items(archive, told, worker)
    bare = Evidence(
        story=reading.story,
        publication=str(record.get("publication", "")),
        language=str(record.get("language", "en")),
        made=str(record.get("made", "")),
        items=items,
        witnesses=(),
        versions=_versions(record, items),
    )
    linked, odd = _linked(reading.story, told, items)
    quotes = {quote.id: quote for quote in archive.quotes}
    evidence = replace(bare, witnesses=tuple(_with_reasons(bear_out(bare, linked, quotes), told)))
    faults += [*odd, *_other_fields(record, evidence, archive), *_other_witnesses(told, evidence)]
    if archive.files.get(PAGE) != evidence_page(evidence).encode():
        faults.append(f"{PAGE} is not the page of this record: it was altered, or another version of the program made it.")
    notes += _beside(record, evidence, archive)
    unborne = tuple(one for one in evidence.witnesses if not one.holds and one.kind is not WitnessKind.SENTENCE)
    return Verified(evidence, tuple(faults), tuple(notes), unborne)


# --- reading the packet --------------------------------------------------------------------------------------------


def _bytes(packet: Path) -> bytes:
    try:
        if packet.stat().st_size > LARGEST_PACKET:
            raise InputError(_TITLE, f"{packet.name} is larger than {LARGEST_PACKET // 2**20} MiB.")
        return packet.read_bytes()
    except OSError as error:
        raise InputError(_TITLE, f"{packet} cannot be read: {error.strerror or error}.") from error


def _record(archive: StoryArchive) -> dict[str, Any]:
    if RECORD not in archive.files:
        raise InputError(_TITLE, f"It has no {RECORD}: it is a story's archive, not its evidence.")
    try:
        record = json.loads(archive.files[RECORD], object_pairs_hook=_once)
        if record["format"] != FORMAT:
            raise InputError(_TITLE, f"Its format is {record['format']!r}; this program reads {FORMAT!r}.")
        return {**record}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(_TITLE, f"Its record ({RECORD}) cannot be read: {error}.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; of a key that stands in it twice, every reader may believe another one."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands in it twice")
    return dict(pairs)


Key = tuple[str, str, object, str]


def _told(record: Mapping[str, Any]) -> dict[Key, dict[str, Any]]:
    """The witnesses of the record, by what they are about."""
    try:
        told = {_key(fields): fields for fields in record["witnesses"]}
        if len(told) < len(record["witnesses"]):
            raise ValueError("something is listed in it twice")
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(_TITLE, f"Its record ({RECORD}) cannot be read: {error}.") from error
    return told


def _key(fields: Mapping[str, Any]) -> Key:
    return str(fields["kind"]), str(fields["place"]), fields["at"], str(fields["words"])


def _versions(record: Mapping[str, Any], items: Mapping[str, Item]) -> dict[str, tuple[str, ...]]:
    """Which items are versions of one page: those that the record says and whose addresses agree."""
    told = record.get("versions")
    pages = told if isinstance(told, dict) else {}
    return {
        id: tuple(str(other) for other in others if same_page(_url(items, str(other)), items[id].url))
        for id, others in pages.items()
        if id in items and isinstance(others, list)
    }


def _url(items: Mapping[str, Item], id: str) -> str | None:
    return items[id].url if id in items else None


def _read_items(
    archive: StoryArchive, told: Mapping[Key, Mapping[str, Any]], worker: ReadingWorker
) -> tuple[dict[str, Item], list[str], list[str]]:
    """The items by id with the texts that the packet gives them; what its originals say otherwise; what is only odd."""
    faults: list[str] = []
    notes: list[str] = []
    for entry in archive.items:
        title = f"“{entry.item.title[:60]}”"
        if archive.files.get(text_name(entry.item.id)) != entry.item.text.encode():
            faults.append(f"The text of {title} that people read ({text_name(entry.item.id)}) is not the one that was checked.")
        fault, note = _reread(entry, worker, _lines_used(entry.item, told))
        faults += [f"The source {title} {fault}"] if fault else []
        notes += [f"The source {title} {note}"] if note else []
    return {entry.item.id: entry.item for entry in archive.items}, faults, notes


def _lines_used(item: Item, told: Mapping[Key, Mapping[str, Any]]) -> list[str]:
    """The whole lines of an item's text that passages of the record stand in."""
    spans = [(one.get("start"), one.get("end")) for one in told.values() if one.get("item") == item.id and one.get("exact")]
    lines: dict[str, None] = {}
    for start, end in spans:
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(item.text):
            first = item.text.rfind("\n", 0, start) + 1
            last = item.text.find("\n", end)
            lines |= dict.fromkeys(item.text[first : len(item.text) if last < 0 else last].split("\n"))
    return list(lines)


def _reread(entry: ArchivedItem, worker: ReadingWorker, used: list[str]) -> tuple[str, str]:
    """What is wrong with a source, and what is only odd, when its original is read again."""
    try:
        again = read_again(worker, entry).item
    except ReadError as error:
        return f"cannot be read in its original: {error.detail or error.title}", ""
    if again.id != entry.item.id:
        return "does not name in its original the address that the packet gives it.", ""
    if again.text == entry.item.text:
        return "", ""
    lines = set(again.text.split("\n"))
    missing = next((line for line in used if line not in lines), None)
    if missing is not None:
        return f"does not have this line in its original: “{missing[:160]}”", ""
    return "", "reads otherwise in its original, in lines that nothing rests on."


# --- holding it against itself -------------------------------------------------------------------------------------


def _linked(story: Story, told: Mapping[Key, Mapping[str, Any]], items: Mapping[str, Item]) -> tuple[Story, list[str]]:
    """The story with the items that the record names for its sources, and what speaks against one of them."""
    named = {fields["place"]: fields["item"] for fields in told.values() if fields["kind"] == WitnessKind.SOURCE.value}
    faults: list[str] = []

    def with_item(source: Source, card: SignalCard, place: str) -> Source:
        item = items.get(named.get(place) or "")
        if item is not None and not _leads_there(source, card, item):
            faults.append(f"“{source.printed}” ({place}) leads to another page than the source that is given for it.")
        return replace(source, item=item.id if item else None)

    cards = tuple(
        replace(
            card,
            sources=tuple(
                with_item(source, card, f"signals[{at}].sources[{entry}]") for entry, source in enumerate(card.sources)
            ),
        )
        for at, card in enumerate(story.signals)
    )
    return replace(story, signals=cards), faults


def _leads_there(source: Source, card: SignalCard, item: Item) -> bool:
    """Whether readers who follow a source come to the page that is given for it; one without an address is known by its item."""
    if source.item == item.id and not (source.url and item.url):
        return True
    addresses = (source.url,) if source.url else card.body.links
    return any(same_page(address, item.url) for address in addresses)


def _with_reasons(witnesses: tuple[Witness, ...], told: Mapping[Key, Mapping[str, Any]]) -> Iterator[Witness]:
    """The witnesses with the reasons of the record: only the editor knows those."""
    for witness in witnesses:
        fields = told.get(_key(witness_fields(witness, {})), {})
        reason = fields.get("waived")
        yield replace(witness, waived=reason if isinstance(reason, str) else None)


def _other_fields(record: Mapping[str, Any], evidence: Evidence, archive: StoryArchive) -> Iterator[str]:
    """What the record says of the story and its sources that is not so."""
    found = json.loads(write_evidence(evidence))
    if record.get("story") != found["story"] or sha256(archive.document).hexdigest() != found["story"]["sha256"]:
        yield "The story is not the one that the evidence was gathered for."
    told = record.get("sources")
    sources = {str(one.get("item")): one for one in told if isinstance(one, dict)} if isinstance(told, list) else {}
    if isinstance(told, list) and len(told) != len(found["sources"]):
        yield "The record lists other sources than those that the packet holds."
    for one in found["sources"]:
        if sources.get(one["item"]) != one:
            yield f"What the record says of the source “{one['title'][:60]}” is not so{_named(sources.get(one['item']), one)}."


def _beside(record: Mapping[str, Any], evidence: Evidence, archive: StoryArchive) -> Iterator[str]:
    """What lies in the packet that nothing was held against."""
    known = {RECORD, PAGE, *map(text_name, evidence.items)}
    for name in sorted({*archive.files} - known):
        yield f"“{name[:80]}” is no part of the evidence: nothing was checked of it."
    for key in sorted({*record} - {*json.loads(write_evidence(evidence))}):
        yield f"The record has “{key[:80]}”, of which nothing was checked."


def _other_witnesses(told: Mapping[Key, Mapping[str, Any]], evidence: Evidence) -> Iterator[str]:
    """What the record lists otherwise than it is found, leaves out, or makes up."""
    found = {_key(fields): fields for fields in (witness_fields(one, evidence.items) for one in evidence.witnesses)}
    for key, fields in found.items():
        if key not in told:
            yield f"{_name(fields)} is not in the record."
        elif told[key] != fields:
            yield f"{_name(fields)} is not as the record says{_named(told[key], fields)}."
    for key, listed in told.items():
        if key not in found:
            yield f"{_name(listed)} is in the record, but not in the story."


def _name(fields: Mapping[str, Any]) -> str:
    return f"The {fields['kind']} “{str(fields['words'])[:80]}” ({fields['place']})"


def _named(told: Mapping[str, Any] | None, found: Mapping[str, Any]) -> str:
    """The fields that differ, with both values, as the end of a sentence."""
    if told is None:
        return ": it is not listed"
    differing = sorted(name for name in {*told, *found} if told.get(name) != found.get(name))
    return ": " + "; ".join(f"{name} is {_short(found.get(name))}, not {_short(told.get(name))}" for name in differing[:4])


def _short(value: object) -> str:
    return shortened(json.dumps(value, ensure_ascii=False), 80)
