"""The profile ``ghost``: the flat body, which Ghost turns into cards of its own, and the post as its Admin API takes it.

``<slug>.ghost.json`` is the body of ``POST /ghost/api/admin/posts/?source=html``. Who posts it puts the address of the uploaded
picture in the place of the file's name. Ghost limits the length of its fields: what is longer is cut at a word, and a headline
that had to be cut stands whole at the beginning of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import escape

from workstation.domain.body import Block, Run
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.blocks import Tongues, flat_html, flat_line
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.identity import uri
from workstation.render.machines.json_file import Values, json_file, said
from workstation.render.machines.linked_data import news_article
from workstation.render.machines.wire_story import WireStory, wire_story
from workstation.render.pictures.placing import place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.words.bodies import summary
from workstation.render.words.characters import without_tags

_TITLE, _SLUG, _TAG, _ALTERNATIVE, _ADDRESS = 255, 191, 191, 191, 2000
_EXCERPT, _META_TITLE, _META_DESCRIPTION, _INJECTED, _LOCALE = 300, 300, 500, 65_535, 6
_FIGURE = "<figure>"
_CARD = '<figure class="kg-card kg-image-card{}">'
_CAPTIONED = " kg-card-hascaption"
_QUOTATION = re.compile(r"(<blockquote\b[^>]*>)(.*?)(</blockquote>)", re.DOTALL)
_PASSAGE = re.compile(r"<(p|li)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_SENTENCE = re.compile(r"[^\W\d_]{5,}[”\"’»)]*[.!?؟।][”\"’»)]*(?=\s)|[。！？][”」』]*")
"""The end of a sentence for sure: no abbreviation before its mark is so long."""


def render_ghost(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.ghost.html`` and ``<slug>.ghost.json``, its pictures in ``<slug>-files/``."""
    wire = wire_story(GHOST, story, publication, pictures, terms)
    html = _whole_headline(wire) + _with_card(_QUOTATION.sub(_in_lines, wire.html))
    post = _post(wire, html, news_article(story, publication, place(story, pictures), wire.description, _canonical(wire)))
    main = f"{story.slug}.ghost.html"
    return Rendering(
        profile="ghost",
        main=main,
        files={**wire.files, main: html.encode(), f"{story.slug}.ghost.json": json_file({"posts": [post]})},
        missing=wire.missing,
        pictures=wire.notes,
        featured=wire.featured.file if wire.featured else None,
        remarks=tuple(_remarks(wire)),
    )


def _remarks(wire: WireStory) -> Iterator[str]:
    if len(wire.headline) > _TITLE:
        yield f"Ghost takes {_TITLE} characters of a headline: it is cut there, and stands whole at the beginning of the text."
    if wire.featured and len(wire.lead.alternative_text) > _ALTERNATIVE:
        yield f"Ghost takes {_ALTERNATIVE} characters of a feature image’s alternative text: it is cut at a word; shorten it."


def _post(wire: WireStory, html: str, linked_data: str) -> Values:
    title, described = cut(wire.headline, _META_TITLE), cut(wire.description, _META_DESCRIPTION)
    canonical = _canonical(wire)
    return {
        "title": cut(wire.headline, _TITLE) or wire.story.slug,
        "slug": wire.story.slug[:_SLUG],
        "status": "draft",
        "html": html,
        "tags": [{"name": name} for name in _tags(wire)],
        **_picture(wire),
        **said(
            locale=_locale(wire.language),
            custom_excerpt=_excerpt(wire.description),
            canonical_url=uri(canonical) if canonical and len(uri(canonical)) <= _ADDRESS else None,
            meta_title=title,
            og_title=title,
            twitter_title=title,
            meta_description=described,
            og_description=described,
            twitter_description=described,
            codeinjection_head=_injected(linked_data),
        ),
    }


def cut(text: str, length: int) -> str:
    """``text`` in one line of at most ``length`` characters, cut at a word."""
    return summary(Block((Run(text),)), length)


def _excerpt(description: str) -> str:
    """What themes print below the headline, as HTML although it is plain: whole sentences where it had to be cut."""
    text = cut(without_tags(description), _EXCERPT)
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    return text[: ends[-1]] if text.endswith("…") and ends else text


def _canonical(wire: WireStory) -> str | None:
    return canonical_address(wire.story, wire.publication, wire.terms)


def _whole_headline(wire: WireStory) -> str:
    block = flat_line("p", wire.headline, Tongues(wire.language)) if len(wire.headline) > _TITLE else None
    return f"{flat_html([block])}\n" if block else ""


def _in_lines(quotation: re.Match[str]) -> str:
    """A quotation as Ghost has it, with words alone inside: it would run the items of a list into each other."""
    begin, inside, end = quotation.groups()
    lines = ""
    for tag, attributes, words in _PASSAGE.findall(inside):
        lines += ("<br>" if tag == "li" else "<br><br>") if lines else ""
        lines += f"<span{attributes}>{words}</span>" if attributes else words
    return f"{begin}{lines}{end}"


def _with_card(html: str) -> str:
    """The text, its picture marked as a picture card; no text can hold the start of an element."""
    before, figure, after = html.partition(_FIGURE)
    if not figure:
        return html
    is_captioned = "<figcaption" in after.partition("</figure>")[0]
    return before + _CARD.format(_CAPTIONED if is_captioned else "") + after


def _picture(wire: WireStory) -> Values:
    """The lead image where Ghost is to feature it; its address is the place of its file beside this document.

    The caption is HTML.
    """
    if wire.featured is None:
        return {}
    caption = str(escape(wire.order.caption))
    told = said(feature_image_alt=cut(wire.lead.alternative_text, _ALTERNATIVE), feature_image_caption=caption)
    return {"feature_image": wire.featured.address, **told}


def _tags(wire: WireStory) -> list[str]:
    """Names as Ghost takes them: a comma in front is not one, and a leading hash would make an inner tag of it."""
    names = (cut(name.lstrip(",# "), _TAG) for name in (*wire.verticals, *wire.regions))
    return list(dict.fromkeys(name for name in names if name))


def _locale(tag: str) -> str | None:
    """A language as far as the field takes it: the whole tag, else the language alone."""
    return next((told for told in (tag, tag.partition("-")[0]) if len(told) <= _LOCALE), None)


def _injected(linked_data: str) -> str | None:
    element = f'<script type="application/ld+json">\n{linked_data}\n</script>'
    return element if len(element) <= _INJECTED else None


GHOST = Profile(
    name="ghost",
    label="Ghost",
    description="HTML that Ghost turns into cards of its own, and the draft as its interface takes it, lead image to feature.",
    render=render_ghost,
    lead=LeadPlace.FEATURED,
)
