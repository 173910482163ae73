"""What a review found in order, so that silence is not taken for it. A new one is a function here and its line in ``PASSES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from workstation.domain.problem import Passed, Problem
from workstation.review.links import links_in_texts
from workstation.review.manuscript import Manuscript

Pass = Callable[[Manuscript, Sequence[Problem]], Iterable[Passed]]


def true_quotations(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """How many of the cards' quotations were found in their sources."""
    grades = [compared.attribution.grade for compared in manuscript.quotations if compared.place.field == "body"]
    true = sum(grade.is_true for grade in grades)
    if true:
        title = (
            "Every quotation matches its source"
            if true == len(grades)
            else f"{true} of {len(grades)} quotations match their sources"
        )
        yield Passed("quotations", title, f"{_count(true, 'quotation')} compared with the captured copies, offline")


def linked_sources(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """Whether every card says who reports, and where."""
    cards = manuscript.story.signals
    if cards and all(card.sources and all(source.url for source in card.sources) for card in cards):
        links = sum(len(card.sources) for card in cards)
        detail = f"{_count(len(manuscript.story.outlets), 'outlet')}, {_count(links, 'link')}"
        yield Passed("sources", "Every card names a source and links it", detail)


def sound_links(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether every link can be followed and follows nobody."""
    sources = sum(bool(source.url) for card in manuscript.story.signals for source in card.sources)
    links = sources + sum(1 for _ in links_in_texts(manuscript))
    if links and not _told(problems, "link-"):
        yield Passed(
            "links", "Every link is well formed, public and free of trackers", f"{_count(links, 'link')} read, none opened"
        )


def described_image(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether the lead image can be heard and is credited."""
    image = manuscript.story.lead_image
    if image is not None and not _told(problems, "lead-image"):
        described = "marked as decorative" if image.decorative else "described"
        title = f"The lead image is {described} and credited"
        yield Passed("lead-image", title, f"Credit: {image.credit.strip()}")


def kept_lengths(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether the story keeps to the lengths of its publication, where that has any."""
    limits = manuscript.background.limits
    if manuscript.story.words and limits != type(limits)() and not _told(problems, "too-long"):
        story = manuscript.story
        detail = f"{_count(story.words, 'word')}, {_count(len(story.signals), 'card')}"
        yield Passed("lengths", "Nothing is longer than the publication wants", detail)


def furnished(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether slug, region and datelines are as they should be."""
    story = manuscript.story
    if not _told(problems, "slug", "region", "dateline", "time-zone"):
        kept = " (as it was handed over)" if manuscript.background.exported_slug else ""
        yield Passed("furniture", "Slug, region and datelines are in order", f"{story.slug}{kept}, {story.region}")


def age_of_sources(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """How old the sources are, by the days on which they were published."""
    today = manuscript.background.today
    items = [manuscript.items.get(item) for item in manuscript.story.item_ids]
    days = [_day(item.published) for item in items if item and item.published]
    ages = [max(0, (today - day).days) for day in days if today and day]
    if ages:
        newest, oldest = min(ages), max(ages)
        told = _count(oldest, "day") if newest == oldest else f"{newest} to {_count(oldest, 'day')}"
        detail = f"{len(ages)} of {_count(len(items), 'source')} with a date"
        yield Passed("source-age", f"The sources are {told} old", detail)


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _told(problems: Sequence[Problem], *beginnings: str) -> bool:
    return any(problem.rule.startswith(beginnings) for problem in problems)


def _count(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


PASSES: tuple[Pass, ...] = (
    true_quotations,
    linked_sources,
    sound_links,
    described_image,
    kept_lengths,
    furnished,
    age_of_sources,
)
