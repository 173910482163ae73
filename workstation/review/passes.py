"""What a review found in order, so that silence is not taken for it. A new one is a function here and its line in ``PASSES``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from workstation.domain.problem import Passed, Problem
from workstation.domain.wording import counted
from workstation.review.figures.ages import ages
from workstation.review.links.linked import links_in_texts
from workstation.review.manuscript import Manuscript

Pass = Callable[[Manuscript, Sequence[Problem]], Iterable[Passed]]


def true_quotations(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """How many quotations of The News and of the cards were found in their sources; a headline's may be nobody's words."""
    grades = [compared.attribution.grade for compared in manuscript.quotations if compared.place.field in ("news", "body")]
    true = sum(grade.is_true for grade in grades)
    if true:
        title = (
            "Every quotation matches its source"
            if true == len(grades)
            else f"{true} of {len(grades)} quotations match their sources"
        )
        yield Passed("quotations", title, f"{counted(true, 'quotation')} compared with the captured copies, offline")


def linked_sources(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """Whether every card says who reports, and where."""
    cards = manuscript.story.signals
    if cards and all(card.sources and all(source.url for source in card.sources) for card in cards):
        links = sum(len(card.sources) for card in cards)
        detail = f"{counted(len(manuscript.story.outlets), 'outlet')}, {counted(links, 'link')}"
        yield Passed("sources", "Every card names a source and links it", detail)


def sound_links(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether every link can be followed and follows nobody."""
    sources = sum(bool(source.url) for card in manuscript.story.signals for source in card.sources)
    links = sources + sum(1 for _ in links_in_texts(manuscript))
    if links and not _told(problems, "link-"):
        yield Passed(
            "links", "Every link is well formed, public and free of trackers", f"{counted(links, 'link')} read, none opened"
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
        detail = f"{counted(story.words, 'word')}, {counted(len(story.signals), 'card')}"
        yield Passed("lengths", "Nothing is longer than the publication wants", detail)


def furnished(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether slug, region and datelines are as they should be."""
    story = manuscript.story
    if not _told(problems, "slug", "region", "dateline", "time-zone"):
        kept = " (as it was handed over)" if manuscript.background.exported_slug else ""
        yield Passed("furniture", "Slug, region and datelines are in order", f"{story.slug}{kept}, {story.region}")


def age_of_sources(manuscript: Manuscript, _: Sequence[Problem]) -> Iterator[Passed]:
    """How old the sources are on the story's day, by the days on which they were published."""
    dated = ages(manuscript)
    if dated:
        oldest = dated[-1]
        told = f"The oldest source is {oldest.told} old" if oldest.days > 0 else "The sources are of the story’s own day"
        sources = sum(len(card.sources) for card in manuscript.story.signals)
        yield Passed("source-age", told, f"{oldest.name}; {len(dated)} of {counted(sources, 'source')} with a date")


def named_in_words(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether attribution survives where icons and chips do not."""
    cards = [card for card in manuscript.story.signals if card.sources]
    if cards and not _told(problems, "attribution"):
        yield Passed("attribution", "Every card says in its words who reports", counted(len(cards), "card"))


def kept_style(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Passed]:
    """Whether the words keep to the house's style; of several styles the one that was meant is not known."""
    styles = manuscript.background.styles
    if styles and manuscript.story.words and not _told(problems, "style/"):
        rules = max(len(style.rules) for style in styles)
        titles = " or ".join(style.title for style in styles)
        yield Passed("style", "The house style is kept", f"{titles}, {counted(rules, 'rule')}")


def _told(problems: Sequence[Problem], *beginnings: str) -> bool:
    return any(problem.rule.startswith(beginnings) for problem in problems)


PASSES: tuple[Pass, ...] = (
    true_quotations,
    linked_sources,
    named_in_words,
    sound_links,
    described_image,
    kept_lengths,
    furnished,
    age_of_sources,
    kept_style,
)
