"""A translation in brackets behind the original that it translates: the original is in the source, and stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from workstation.domain.grade import Grade
from workstation.review.quoting.attribution import Attribution
from workstation.review.quoting.quotations import Quotation

_LEAD = "(?:or|that is|literally|roughly|meaning|in English|wörtlich|c’est-à-dire)"


@cache
def _between() -> re.Pattern[str]:
    """What stands between the two: marks, and a bracket or a dash, in which a few words may lead in."""
    return re.compile(rf"[^\w\s(\[]{{0,4}}\s*[(\[—–]\s*(?:{_LEAD}[,:]?\s+)?[^\w\s()]{{1,3}}")


def with_translations(
    text: str, language: str, quotations: Sequence[Quotation], found: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """``found``, in which a quotation that no source has is a translation where it stands in brackets beside a foreign original.

    ``language`` is the BCP 47 tag of the text. The finding of a translation leads to the original. A quotation that the
    editor tied to a kept quote is held against that, never passed for what stands beside it.
    """
    if all(attribution.grade is not Grade.ABSENT for attribution in found):
        return tuple(found)
    return tuple(_each(text, language, quotations, found))


def _each(text: str, language: str, quotations: Sequence[Quotation], found: Sequence[Attribution]) -> Iterator[Attribution]:
    for index, (quotation, attribution) in enumerate(zip(quotations, found, strict=True)):
        original = None
        if attribution.grade is Grade.ABSENT and not quotation.quote:
            original = _original(text, language, quotations, found, index)
        yield replace(original, grade=Grade.TRANSLATED, translated=True) if original else attribution


def _original(
    text: str, language: str, quotations: Sequence[Quotation], found: Sequence[Attribution], index: int
) -> Attribution | None:
    """The foreign words, from their source, that the quotation at ``index`` stands in brackets behind, or before."""
    for first, other in ((index - 1, index - 1), (index, index + 1)):
        if not 0 <= other < len(found) or not _is_foreign(found[other], language):
            continue
        if _between().fullmatch(text, quotations[first].end, quotations[first + 1].start):
            return found[other]
    return None


def _is_foreign(attribution: Attribution, language: str) -> bool:
    own, other = _main(language), _main(attribution.item.language if attribution.item else None)
    there = attribution.grade.is_true or attribution.grade is Grade.ALTERED
    return there and bool(own and other and own != other)


def _main(tag: str | None) -> str:
    return (tag or "").replace("_", "-").partition("-")[0].lower()
