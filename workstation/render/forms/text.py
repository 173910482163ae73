"""The profile ``text``: the story in words alone, as it reads when everything else is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from workstation.domain.body import Block, BlockKind, Body
from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.render.addresses import address
from workstation.render.characters import clean, composed, one_line
from workstation.render.dateline import dateline
from workstation.render.insights import insights_line
from workstation.render.rendering import Profile, Rendering, Terms

_BULLET = "•"
_QUOTED = "> "


def render_text(story: Story, publication: Publication, _pictures: Mapping[str, Picture], _terms: Terms) -> Rendering:
    """``story`` as ``<slug>.txt``: a line for each paragraph, an empty one between them."""
    paragraphs = [*_opening(story, publication), *_news(story, publication.labels)]
    for card in story.signals:
        paragraphs += _card(card, publication.labels)
    paragraphs.append(_labelled(publication.labels.contributors, _listed(story.contributors)))
    text = composed("\n\n".join(filter(None, paragraphs)) + "\n")
    main = f"{story.slug}.txt"
    return Rendering(profile="text", main=main, files={main: text.encode()})


def _opening(story: Story, publication: Publication) -> list[str]:
    told = dateline(story, publication)
    lead = story.lead_image
    file_photo = publication.labels.file_photo if lead and lead.file_photo else ""
    return [
        one_line(story.headline),
        insights_line(story, publication) or "",
        _labelled(publication.labels.byline, _listed(story.bylines)),
        told.text if told else "",
        " · ".join(filter(None, map(one_line, (file_photo, lead.caption, lead.credit)))) if lead else "",
    ]


def _news(story: Story, labels: Labels) -> list[str]:
    return [one_line(labels.news), *_body(story.news)] if story.news else []


def _card(card: SignalCard, labels: Labels) -> list[str]:
    sources = [told for told in map(_source, card.sources) if told]
    label = labels.source if len(sources) == 1 else labels.sources
    return [one_line(card.headline), _labelled(label, ", ".join(sources)), *_body(card.body)]


def _source(source: Source) -> str:
    """A source with its outlet and its address in brackets: nothing else tells a reader of plain text where it stands."""
    name, outlet, link = one_line(source.name), one_line(source.of), address(source.url)
    told = f"{name} ({outlet})" if outlet else name
    return f"{told} ({link})" if told and link else told


def _body(body: Body) -> list[str]:
    """The paragraphs of a body; the items of a list stand together, a line each."""
    parts: list[str] = []
    is_listed = False
    for block, line in zip(body.blocks, _lines(body.blocks), strict=True):
        if is_listed and block.kind is not BlockKind.PARAGRAPH and parts:
            parts[-1] += f"\n{line}"
        elif line:
            parts.append(line)
        is_listed = block.kind is not BlockKind.PARAGRAPH
    return parts


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    number = 0
    for block in blocks:
        number = number + 1 if block.kind is BlockKind.NUMBER else 0
        marks = {BlockKind.BULLET: f"{_BULLET} ", BlockKind.NUMBER: f"{number}. "}
        line = marks.get(block.kind, "") + clean(block.text)
        yield _QUOTED + line.replace("\n", f"\n{_QUOTED}") if block.quoted else line


def _listed(names: Iterable[str]) -> str:
    return ", ".join(filter(None, map(one_line, names)))


def _labelled(label: str, words: str) -> str:
    return f"{one_line(label)} {words}".strip() if words else ""


TEXT = Profile(
    name="text",
    label="Plain text",
    description="The words alone, for a message or a system that takes no markup.",
    render=render_text,
)
