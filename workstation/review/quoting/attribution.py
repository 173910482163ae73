"""Which source has the words of a quotation: the quote it is tied to first, then the card's sources, then any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workstation.domain.grade import TRUE_TO_SOURCE, Grade
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.review.quoting.comparing import compare, how_many_words, stands
from workstation.review.quoting.findings import NOT_FOUND, Edit, Finding

Findings = list[tuple[Item, Finding]]

SHORT = 2
"""A quotation of so many words can stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the archive says about a quotation.

    ``grade`` is as in QuotationCheck; ``item`` is the source that has the words (``finding`` says where), and None when
    several sources have so few words; of words of its headline the finding tells no place. ``standing`` says how often each
    source that is named has them. ``elsewhere`` is set when ``item`` is none of the sources that are named.
    """

    grade: Grade
    finding: Finding
    item: Item | None = None
    elsewhere: bool = False
    standing: tuple[tuple[Item, int], ...] = ()
    translated: bool = False
    """Whether the words were compared with the translation that the editor keeps beside the quote."""
    instead: Finding | None = None
    """For words of another source: what a source that is named has in their place, where it has something like them."""

    @property
    def places(self) -> int:
        """In how many places the words stand."""
        return sum(count for _, count in self.standing)


ABSENT = Attribution(Grade.ABSENT, NOT_FOUND)


def attribute(printed: str, own: Sequence[Item], items: Mapping[str, Item], tie: Quote | None) -> Attribution:
    """Where the words of ``printed`` stand: ``own`` are the items that the card rests on, ``items`` all that are known.

    Words that are altered in a source that is named, but stand word for word in another, are that other one's.
    """
    own_ids = {item.id for item in own}
    tied = _tied(printed, tie, items, own_ids) if tie else ABSENT
    if tied.grade is not Grade.ABSENT:
        return tied
    archived = [item for item in own if item.text]
    found = _in_own(printed, archived) if archived else Attribution(Grade.UNARCHIVED, NOT_FOUND)
    if found.grade.is_true or (found.grade is Grade.ALTERED and how_many_words(printed) <= SHORT):
        return found
    others = [item for item in items.values() if item.text and item.id not in own_ids]
    other = _in_others(printed, others)
    if other and found.grade is Grade.ALTERED:
        return replace(other, instead=found.finding)
    return other or found


def _tied(printed: str, tie: Quote, items: Mapping[str, Item], own_ids: set[str]) -> Attribution:
    """The quotation compared with the text that its quote was cut from, at the quote's own place."""
    item = items.get(tie.item)
    if item is None or not item.text:
        return ABSENT
    elsewhere = item.id not in own_ids
    finding = compare(printed, item.text, tie.start)
    if finding.grade.is_true:
        return Attribution(Grade.ELSEWHERE if elsewhere else finding.grade, finding, item, elsewhere, ((item, finding.places),))
    if tie.translation:
        return _translated(printed, tie, tie.translation, item, elsewhere)
    return Attribution(finding.grade, finding, item, elsewhere, ((item, finding.places),))


def _translated(printed: str, tie: Quote, translation: str, item: Item, elsewhere: bool) -> Attribution:
    """The quotation compared with the kept translation; the finding leads to the original."""
    finding = compare(printed, translation)
    if finding.grade is Grade.ABSENT:
        edit = Edit(0, len(printed), translation)
        finding = Finding(Grade.ALTERED, differing=((printed, translation),), edits=(edit,))
    there = replace(finding, start=tie.start, end=tie.end)
    true = Grade.ELSEWHERE if elsewhere else Grade.TRANSLATED
    return Attribution(true if finding.grade.is_true else Grade.ALTERED, there, item, elsewhere, ((item, 1),), translated=True)


def _in_own(printed: str, archived: Sequence[Item]) -> Attribution:
    """The quotation in the card's sources: true in one or more of them, else altered from the most alike, else absent."""
    findings = [(item, compare(printed, item.text)) for item in archived]
    true = _as_unedited_as_can_be([(item, finding) for item, finding in findings if finding.grade.is_true])
    if true:
        return _true(printed, true)
    titled = [(item, finding) for item in archived if (finding := _in_title(printed, item.title)).grade.is_true]
    if titled:
        return _true(printed, titled)
    item, finding = max(findings, key=lambda pair: pair[1].likeness)
    return Attribution(Grade.ALTERED, finding, item, standing=((item, 1),)) if finding.grade is Grade.ALTERED else ABSENT


def _in_title(printed: str, title: str) -> Finding:
    """The quotation in a source's headline, which is no part of its text: there is no place to lead to."""
    return replace(compare(printed, title), start=None, end=None)


def _as_unedited_as_can_be(true: Findings) -> Findings:
    """Words that stand together in one source do not count as left out in another."""
    return [pair for pair in true if pair[1].grade is not Grade.EDITED] or true


def _true(printed: str, true: Findings) -> Attribution:
    item, finding = min(true, key=lambda pair: TRUE_TO_SOURCE.index(pair[1].grade))
    standing = tuple((one, other.places) for one, other in true)
    if len(true) > 1 and how_many_words(printed) <= SHORT:
        left_out = (gap for _, other in true for gap in other.left_out)
        nowhere = Finding(finding.grade, left_out=tuple(dict.fromkeys(left_out)), folded=finding.folded)
        return Attribution(Grade.SEVERAL, nowhere, None, standing=standing)
    several = sum(count for _, count in standing) > 1
    return Attribution(Grade.SEVERAL if several else finding.grade, finding, item, standing=standing)


def _in_others(printed: str, others: Iterable[Item]) -> Attribution | None:
    """The quotation in an item that is no source of the card; the words must be true there."""
    for item in others:
        finding = stands(printed, item.text)
        if finding is not None and finding.grade.is_true:
            return Attribution(Grade.ELSEWHERE, finding, item, elsewhere=True, standing=((item, finding.places),))
    return None
