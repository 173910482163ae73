"""A story's perspective in words and as plain values: counts, never a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from workstation.domain.perspective import CountryCount, Perspective, Related
from workstation.domain.wording import counted

NameOf = Callable[[str], str]
"""The name of a country by its code."""


def told_country(country: CountryCount, sources: int) -> str:
    """``2 of 4 sources``, or ``named 11 times, no source``; with how often a capital stood for the country."""
    if country.sources:
        return f"{country.sources} of {counted(sources, 'source')}"
    return f"named {times(country.named)}, no source"


def told_named(country: CountryCount) -> str:
    """How often a country is named: ``named 11 times, 3 of them through its capital``; "" where it is not."""
    if not country.named:
        return ""
    through = country.through_capital
    if not through:
        return f"named {times(country.named)}"
    if through == country.named:
        return f"named {times(country.named)}, through its capital"
    return f"named {times(country.named)}, {through} of them through its capital"


def told_missing(perspective: Perspective, related: Related | None, name_of: NameOf) -> str:
    """What the panel says below the bars: which country is named most without a source, and what the inbox has; "" if nothing."""
    missing = max(perspective.unsourced, key=lambda country: country.named, default=None)
    said = []
    if missing is not None and perspective.outlets:
        count = len(perspective.outlets)
        of = "its one source is not" if count == 1 else f"none of its {count} sources is"
        said.append(f"The story names {name_of(missing.code)} {times(missing.named)}; {of} from there.")
    if related is not None and related.items:
        said.append(told_related(related))
    return " ".join(said)


def told_related(related: Related) -> str:
    """``3 unread items in the inbox are on this topic, from places not yet sourced: …`` with the names of their outlets."""
    outlets = list(dict.fromkeys(found.summary.outlet for found in related.items if found.summary.outlet))
    listed = ", ".join(outlets[:3]) + (f" and {len(outlets) - 3} more" if len(outlets) > 3 else "")
    count = len(related.items)
    items = "1 unread item in the inbox is" if count == 1 else f"{count} unread items in the inbox are"
    return f"{items} on this topic, from places not yet sourced{f': {listed}' if listed else ''}."


def told_reason(shared: tuple[str, ...], likeness: float | None) -> str:
    """Why an item is taken for one on the topic."""
    reasons = [f"shares {', '.join(shared)}"] if shared else []
    reasons += [f"{likeness:.0%} alike in meaning"] if likeness is not None else []
    return "; ".join(reasons)


def times(count: int) -> str:
    """``once``, ``twice``, ``11 times``."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def perspective_lines(perspective: Perspective, related: Related) -> Iterator[str]:
    """The counts and the related items as the command line tells them to people."""
    sources = len(perspective.outlets)
    for country in perspective.countries:
        also = told_named(country) if country.sources else ""
        yield f"{country.code}  {told_country(country, sources)}{f', {also}' if also else ''}"
    if perspective.nowhere:
        yield f"--  {perspective.nowhere} of {counted(sources, 'source')} from a country that is not known"
    for label, pairs in (("language", perspective.languages), ("kind", perspective.kinds)):
        if pairs:
            yield f"{label}: " + ", ".join(f"{value or 'unknown'} {count}" for value, count in pairs)
    for share in perspective.outlets:
        yield f"{share.name}: {counted(share.words, 'word')}, {counted(share.quotations, 'quotation')}"
    for speaker in perspective.speakers:
        name = speaker.name or "speaker not certain"
        yield f"{name}: {counted(speaker.quotations, 'quotation')}, {counted(speaker.words, 'word')}"
    for found in related.items:
        place = "  ".join(filter(None, (found.summary.country, found.summary.language, found.summary.outlet)))
        yield f"{found.summary.id}  {place}  {found.summary.title}  ({told_reason(found.shared, found.likeness)})"


def perspective_fields(perspective: Perspective, related: Related) -> dict[str, Any]:
    """The counts and the related items as the command line tells them in JSON."""
    return {
        "sources": len(perspective.outlets),
        "countries": [
            {
                "country": country.code,
                "sources": country.sources,
                "named": country.named,
                "through_capital": country.through_capital,
            }
            for country in perspective.countries
        ],
        "country_unknown": perspective.nowhere,
        "areas": [{"area": area, "sources": sources, "named": named} for area, sources, named in perspective.areas],
        "languages": [{"language": code or None, "sources": count} for code, count in perspective.languages],
        "kinds": [{"kind": kind.value if kind else None, "sources": count} for kind, count in perspective.kinds],
        "outlets": [
            {
                "name": share.name,
                "country": share.country,
                "language": share.language,
                "kind": share.kind.value if share.kind else None,
                "words": share.words,
                "quotations": share.quotations,
                "quoted_words": share.quoted_words,
            }
            for share in perspective.outlets
        ],
        "speakers": [
            {"name": share.name or None, "quotations": share.quotations, "words": share.words} for share in perspective.speakers
        ],
        "related": [
            {
                "id": found.summary.id,
                "title": found.summary.title,
                "outlet": found.summary.outlet,
                "country": found.summary.country,
                "language": found.summary.language,
                "shared": list(found.shared),
                "likeness": None if found.likeness is None else round(found.likeness, 3),
            }
            for found in related.items
        ],
        "by_meaning": related.by_meaning,
    }
