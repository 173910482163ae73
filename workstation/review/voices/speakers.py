"""Who says a quotation, where the sentence around it leaves no doubt: “…,” Ada Brook said; according to Ada Brook, “…”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from workstation.review.voices.countries import listed

_BESIDE = 90
"""Code points beside a quotation in which its speaker is looked for."""


def speaker_beside(text: str, start: int, end: int, language: str = "en") -> str:
    """The name that an English sentence gives to the speaker of the quotation at code points ``start`` to ``end``.

    It is "" where the sentence gives none for certain.
    """
    if not language.startswith("en"):
        return ""
    after_quotation, before_quotation = _patterns()
    after = after_quotation.match(text, end, end + _BESIDE)
    if after:
        return _name(after["name"] or after["inverted"])
    line = text.rfind("\n", 0, start) + 1
    before = before_quotation.search(text[max(line, start - _BESIDE) : start])
    return _name(before["name"] or before["according"]) if before else ""


def one_name(names: Iterable[str]) -> dict[str, str]:
    """For each name the longest one that ends with it, if only one does: Brook is Ada Brook."""
    every = list(dict.fromkeys(names))
    longer = {name: {other for other in every if other.casefold().endswith(f" {name.casefold()}")} for name in every}
    return {name: next(iter(found)) if len(found) == 1 else name for name, found in longer.items()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    part = r"[^\W\d_a-z][\w’'-]*"
    name = rf"(?:{part}|[A-Z]\.)(?: (?:(?:al|bin|ibn|van|von|der|den|de|da|dos|del|la|di)[ -])*(?:{part}|[A-Z]\.)){{0,3}}"
    role = r"(?:(?:the|a|an|one|its|their|his|her) )?(?:[a-z][\w’'-]*,? ){0,6}"
    said = (
        r"(?:(?:has|had|also|later|then) )?(?:said|says|told|wrote|writes|added|adds|warned|warns|argued|argues|noted|notes"
        r"|asked|asks|insisted|insists|explained|explains|declared|declares|posted|tweeted|claimed|claims|complained|replied)\b"
    )
    called = r"(?:called|calls|described|describes|spoke of|speaks of)\b"
    after = rf"[”\"’']?[,.]?[”\"’']? (?:{role}(?P<name>{name}),? {said}|{said} {role}(?P<inverted>{name})(?=[,.;:]|$| [a-z]))"
    beside = r"(?:, (?:an?|the|its|who) [^,“”\n]{3,60},)?"
    speaks = rf"(?P<name>{name}){beside} (?:{said}|{called})[^“”\"\n.;]{{0,40}}"
    before = rf"(?:{speaks}|[Aa]ccording to {role}(?P<according>{name})),?:? ?[“\"‘']?$"
    return re.compile(after), re.compile(before)


def _name(found: str) -> str:
    """A name; "" for what is none."""
    words = [word for word in found.split() if word.rstrip(".") not in _TITLES]
    return "" if not words or words[0] in _NO_NAMES else " ".join(words)


_TITLES = listed(
    "Mr Mrs Ms Miss Dr Prof Professor President Minister Prime Premier Chancellor Senator Sen Rep Gov Governor Mayor King"
    " Queen Prince General Gen Col Colonel Captain Judge Justice Ambassador Secretary"
)
_NO_NAMES = listed(
    "He She They It We I You Who The A An One This That These Those Officials Experts Analysts Critics And But As In On At"
    " When While After Before Both Some Many Others Foreign Defense Defence Police Residents"
)
