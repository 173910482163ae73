"""Flat blocks as the block editor of WordPress keeps them: each between two comments that name it and its attributes.

What the editor would save itself, so that it finds every block valid: the attributes in the comments, the classes, and no
attribute more. A paragraph can tell its direction; a language, and the direction of anything else, go on a span around the
words. None of the words ever stands in a comment.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from workstation.domain.language_tag import language_in
from workstation.render.flat.blocks import UNKNOWN, FlatBlock, guarded
from workstation.render.flat.story import FlatPicture
from workstation.render.words.characters import composed
from workstation.render.words.language import direction_of


def block_markup(parts: Iterable[FlatBlock | FlatPicture], language: str, address: str | None = None) -> str:
    """``parts`` for a site in ``language``: only what is in another language or direction says so.

    ``address`` is where the picture stands; without it, its place beside the text.
    """
    site = _Site(language)
    blocks = (_picture(part, address, site) if isinstance(part, FlatPicture) else site.block(part) for part in parts)
    return guarded(composed("".join(f"{block}\n\n" for block in blocks).removesuffix("\n")))


class _Site:
    """The site that blocks are written for."""

    def __init__(self, language: str) -> None:
        self._language = language_in(language)
        self._direction = direction_of(language)

    def block(self, block: FlatBlock) -> str:
        """One block with all that is in it."""
        if block.tag == "p":
            return self._paragraph(block)
        if block.tag == "h2":
            return _named("heading", f'<h2 class="wp-block-heading">{self.words(block)}</h2>')
        if block.tag == "li":
            return _named("list-item", f"<li>{self.words(block)}</li>")
        inside = "\n\n".join(map(self.block, block.inside))
        if block.tag == "blockquote":
            return _named("quote", f'<blockquote class="wp-block-quote">{inside}</blockquote>')
        ordered = ' {"ordered":true}' if block.tag == "ol" else ""
        return _named("list", f'<{block.tag} class="wp-block-list">{inside}</{block.tag}>', ordered)

    def words(self, block: FlatBlock, *, with_direction: bool = True) -> Markup:
        """The words of a block in their language and, where nothing else says it, their direction."""
        language, direction = block.written
        is_foreign = language != UNKNOWN and language_in(language) != self._language
        told = Markup(' lang="{}"').format(language) if is_foreign else Markup()
        if with_direction and direction != self._direction:
            told += Markup(' dir="{}"').format(direction)
        return Markup("<span{}>{}</span>").format(told, block.words) if told else block.words

    def _paragraph(self, block: FlatBlock) -> str:
        direction, words = block.written.direction, self.words(block, with_direction=False)
        if direction == self._direction:
            return _named("paragraph", f"<p>{words}</p>")
        return _named("paragraph", f'<p dir="{direction}">{words}</p>', f' {{"direction":"{direction}"}}')


def _picture(picture: FlatPicture, address: str | None, site: _Site) -> str:
    image = Markup('<img src="{}" alt="{}"/>').format(address or picture.placed.address, picture.alternative_text)
    words = site.words(picture.caption) if picture.caption else ""
    caption = f'<figcaption class="wp-element-caption">{words}</figcaption>' if words else ""
    figure = f'<figure class="wp-block-image size-full">{image}{caption}</figure>'
    return _named("image", figure, ' {"sizeSlug":"full","linkDestination":"none"}')


def _named(name: str, markup: str, attributes: str = "") -> str:
    return f"<!-- wp:{name}{attributes} -->\n{markup}\n<!-- /wp:{name} -->"
