"""The sources of a card as they are printed on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workstation.domain.outlet import monogram
from workstation.domain.script_language import foreign_language
from workstation.domain.story import SignalCard, Source
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.words.addresses import address
from workstation.render.words.characters import one_line


@dataclass(frozen=True, slots=True)
class PrintedSource:
    """A source on a card: its name (a person's with the outlet), where it leads, its icon or else its monogram.

    ``language`` is that of the name where its letters tell that it is another one than the page's.
    """

    name: str
    address: str | None
    icon: PlacedPicture | None
    monogram: str
    language: str | None = None


Icons = tuple[PlacedPicture | None, ...]


def printed_sources(card: SignalCard, icons: Icons | None = None, language: str = "en") -> tuple[PrintedSource, ...]:
    """The sources of a card as they are printed, see :attr:`Source.printed`; those without a name are not.

    ``icons`` has one entry for each source of the card.
    """
    named = zip(card.sources, icons or (None,) * len(card.sources), strict=True)
    return tuple(_printed_source(source, icon, language) for source, icon in named if one_line(source.name))


def _printed_source(source: Source, icon: PlacedPicture | None, language: str) -> PrintedSource:
    name, outlet = one_line(source.name), one_line(source.of)
    printed = replace(source, name=name, of=outlet or None).printed
    return PrintedSource(
        name=printed,
        address=address(source.url),
        icon=icon,
        monogram=monogram(outlet or name),
        language=foreign_language(printed, language),
    )
