"""Moving a source: within its card, or from one card to another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workstation.domain.story import SignalCard


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The source at ``index`` of the card with the key ``card``, or the place before it."""

    card: str
    index: int


def moved_source(giver: SignalCard, taker: SignalCard, place: SourcePlace, to: SourcePlace, copy: bool) -> tuple[SignalCard, ...]:
    """The cards as they are after the source at ``place`` of ``giver`` went before the one at ``to`` of ``taker``.

    They are those that changed; none when there is no such source.
    """
    if not 0 <= place.index < len(giver.sources):
        return ()
    source = giver.sources[place.index]
    rest = (*giver.sources[: place.index], *giver.sources[place.index + 1 :])
    if giver.key == taker.key:
        at = to.index - 1 if to.index > place.index else to.index
        return (replace(giver, sources=(*rest[:at], source, *rest[at:])),)
    kept = () if copy else (replace(giver, sources=rest),)
    if any(source.is_same(known) for known in taker.sources):
        return kept
    sources = (*taker.sources[: to.index], source, *taker.sources[to.index :])
    return (*kept, replace(taker, sources=sources))
