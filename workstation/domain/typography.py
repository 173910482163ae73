"""Typographic marks while typing: what a straight mark becomes, in the language of the text.

Pure: given the text before the caret (the typed character included at its end) it answers what to put in the place of how
many characters. It never looks ahead and never changes more than a few characters, so that one undo takes it back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"
APOSTROPHE, PRIME, DOUBLE_PRIME, ELLIPSIS = "\u2019", "\u2032", "\u2033", "\u2026"
EN_DASH, EM_DASH = "\u2013", "\u2014"


@dataclass(frozen=True, slots=True)
class Substitution:
    """Put ``text`` in the place of the last ``back`` code points before the caret."""

    back: int
    text: str


@dataclass(frozen=True, slots=True)
class Style:
    """The marks of a language: opening and closing ones outside and inside, its dash, and its spaces.

    ``guillemet_space`` stands inside the outer marks; ``tall_space`` before ; ! ? and ``colon_space`` before a colon.
    ``clipped`` are words that begin with an apostrophe. A style without marks leaves quotation marks alone.
    """

    double: tuple[str, str] | None = ("“", "”")
    single: tuple[str, str] = ("‘", "’")
    dash: str = EN_DASH
    guillemet_space: str = ""
    tall_space: str = ""
    colon_space: str = ""
    clipped: frozenset[str] = frozenset()
    leaves_all: bool = False


def _style(double: str, single: str, dash: str = EN_DASH, *, clipped: str = "") -> Style:
    return Style((double[0], double[1]), (single[0], single[1]), dash, clipped=frozenset(clipped.split()))


_ENGLISH = "tis twas twere twill em til n bout"
_ALONE = Style(double=None, leaves_all=True)
DEFAULT = _style("“”", "‘’")

STYLES: dict[str, Style] = {
    "en": _style("“”", "‘’", EM_DASH, clipped=_ENGLISH),
    "en-GB": _style("“”", "‘’", clipped=_ENGLISH),
    "en-IE": _style("“”", "‘’", clipped=_ENGLISH),
    "en-AU": _style("“”", "‘’", clipped=_ENGLISH),
    "en-NZ": _style("“”", "‘’", clipped=_ENGLISH),
    "de": _style("„“", "‚‘", clipped="ne nem nen ner n s"),
    "de-CH": _style("«»", "‹›", clipped="ne nem nen ner n s"),
    "fr": Style(("«", "»"), ("“", "”"), guillemet_space=NARROW_SPACE, tall_space=NARROW_SPACE, colon_space=NO_BREAK_SPACE),
    "fr-CA": Style(("«", "»"), ("“", "”"), guillemet_space=NO_BREAK_SPACE, colon_space=NO_BREAK_SPACE),
    "fr-CH": Style(("«", "»"), ("‹", "›"), guillemet_space=NARROW_SPACE),
    "es": _style("«»", "“”", EM_DASH),
    **{f"es-{region}": _style("“”", "‘’", EM_DASH) for region in ("419", "AR", "CL", "CO", "MX", "PE", "US", "UY", "VE")},
    "it": _style("«»", "“”", clipped="ndrangheta ndrine sto sta"),
    "it-CH": _style("«»", "‹›"),
    "pt": _style("“”", "‘’", EM_DASH),
    "pt-PT": _style("«»", "“”", EM_DASH),
    "ca": _style("«»", "“”", EM_DASH),
    "gl": _style("«»", "“”", EM_DASH),
    "ro": _style("„”", "«»"),
    "nl": _style("“”", "‘’", clipped="s t n m k r"),
    "af": _style("“”", "‘’", clipped="n"),
    "sv": _style("””", "’’"),
    "fi": _style("””", "’’"),
    "da": _style("””", "’’"),
    "nb": _style("«»", "‘’"),
    "nn": _style("«»", "‘’"),
    "no": _style("«»", "‘’"),
    "is": _style("„“", "‚‘"),
    "pl": _style("„”", "«»"),
    "cs": _style("„“", "‚‘"),
    "sk": _style("„“", "‚‘"),
    "sl": _style("„“", "‚‘"),
    "hr": _style("„”", "‘’"),
    "bs": _style("„”", "‘’"),
    "sr": _style("„”", "’’"),
    "hu": _style("„”", "»«"),
    "bg": _style("„“", "’’"),
    "mk": _style("„“", "’‘"),
    "ru": _style("«»", "„“", EM_DASH),
    "be": _style("«»", "„“", EM_DASH),
    "uk": _style("«»", "“”", EM_DASH),
    "el": _style("«»", "“”"),
    "et": _style("„”", "‚’"),
    "lv": _style("“”", "‘’"),
    "lt": _style("„“", "‚‘"),
    "tr": _style("“”", "‘’"),
    "az": _style("“”", "‘’"),
    "sq": _style("“”", "‘’"),
    "ar": _style("«»", "“”"),
    "fa": _style("«»", "‹›"),
    "ur": _style("“”", "‘’"),
    "vi": _style("“”", "‘’"),
    "id": _style("“”", "‘’"),
    "ko": _style("“”", "‘’"),
    "he": Style(double=None),  # a straight mark inside a word is a gershayim, which nobody can tell from a quotation mark
    "yi": Style(double=None),
    "zh": _ALONE,
    "ja": _ALONE,
}


def style_of(language: str | None) -> Style:
    """The style of a BCP 47 tag: that of its language and region, else that of its language, else the default."""
    parts = re.split(r"[-_]", (language or "").strip())
    name = parts[0].lower()
    regions = [part.upper() for part in parts[1:] if re.fullmatch(r"[A-Za-z]{2}|\d{3}", part)]
    for tag in (*(f"{name}-{region}" for region in regions), name):
        if tag in STYLES:
            return STYLES[tag]
    return DEFAULT


def substitution(before: str, language: str | None) -> Substitution | None:
    """What becomes of the character that was typed last.

    Args:
        before: the text of the paragraph up to the caret, the typed character as its last one.
        language: the BCP 47 tag of the text.

    Returns:
        What to put in the place of how many code points; None where the text stays as it was typed.
    """
    style = style_of(language)
    if not before or style.leaves_all or _IN_ADDRESS.match(before[before.rfind(" ") + 1 :]):
        return None
    text, typed = before[:-1], before[-1]
    for rule in (_dash, _quote, _dots, _french_space, _clipped_word, _second_thoughts):
        made = rule(text, typed, style)
        if made is not None:
            return made if made != Substitution(1, typed) else None
    return None


_IN_ADDRESS = re.compile(r"\S*?(?:\w://|www\.|[^\s]@)\S*$")
"""An address or the beginning of one as the last thing before the caret: what is typed into it stays."""


# --- quotation marks and apostrophes -------------------------------------------------------------------------------

_OPENERS = "([{<¿¡/=„“‘‚«‹\u2066\u2067\u2068"
_DASHES = "-‐‑–—―"
_FEET = re.compile(rf"\d{PRIME}(?:\d+(?:[.,]\d+)?|\d*[¼½¾])$")


def _quote(text: str, typed: str, style: Style) -> Substitution | None:
    if typed not in "\"'" or style.double is None:
        return None
    return _double(text, style, style.double) if typed == '"' else _single(text, style)


def _double(text: str, style: Style, marks: tuple[str, str]) -> Substitution:
    is_open = _is_open(text, marks)
    if _FEET.search(text) or (text[-1:].isdigit() and not is_open and marks[0] != marks[1]):
        return Substitution(1, DOUBLE_PRIME)
    space = style.guillemet_space
    if space and is_open and text.endswith(" "):  # the space that its writers put before a closing guillemet
        return Substitution(2, space + marks[1])
    elided = text.endswith(APOSTROPHE) and not is_open and marks[0] != marks[1]  # l’«uomo»
    if elided or _opens(text, is_open):
        return Substitution(1, marks[0] + space)
    return Substitution(1, ("" if text.endswith(space) else space) + marks[1])


def _single(text: str, style: Style) -> Substitution:
    opening, closing = style.single
    if text.endswith(f"{opening}n") and "n" in style.clipped:  # rock ’n’ roll
        return Substitution(3, f"{APOSTROPHE}n{APOSTROPHE}")
    is_open = _is_open_single(text, style.single)
    if _opens(text, is_open):
        return Substitution(1, opening)
    if text[-1:].isdigit() and not is_open:
        return Substitution(1, PRIME)
    return Substitution(1, closing if is_open else APOSTROPHE)


def _opens(text: str, is_open: bool) -> bool:
    """Whether a mark after ``text`` is an opening one; after a dash that breaks off an open quotation it is not."""
    last = text[-1:]
    if not last or last.isspace() or last in _OPENERS:
        return True
    if last in _DASHES:
        return not (is_open and len(text) > 1 and not text[-2].isspace())
    return False


def _is_open(text: str, marks: tuple[str, str]) -> bool:
    opening, closing = marks
    if opening == closing:
        return text.count(opening) % 2 == 1
    return text.count(opening) > text.count(closing)


def _is_open_single(text: str, marks: tuple[str, str]) -> bool:
    """Whether a single mark waits for its closing one; an apostrophe inside a word closes nothing."""
    opening, closing = marks
    if opening == closing:
        return len(re.findall(rf"(?<!\w){closing}|{closing}(?!\w)", text)) % 2 == 1
    return text.count(opening) > len(re.findall(rf"{closing}(?!\w)", text))


# --- dots and dashes -----------------------------------------------------------------------------------------------


def _dots(text: str, typed: str, _style: Style) -> Substitution | None:
    if typed == "." and text.endswith("..") and text[-3:-2] not in (".", ELLIPSIS, "/"):
        return Substitution(3, ELLIPSIS)
    return None


def _dash(text: str, typed: str, style: Style) -> Substitution | None:
    if not text.endswith("--") or text[-3:-2] in ("-", "!", "<"):
        return None
    ahead = text[-3:-2]
    if typed == " " and (not ahead or ahead.isspace()):
        return Substitution(3, f"{style.dash} ")
    if ahead and not ahead.isspace() and (typed.isalnum() or typed in " \"'"):
        dash = EN_DASH if ahead.isdigit() and typed.isdigit() else EM_DASH
        following = _quote(text[:-2] + dash, typed, style)
        return Substitution(3, dash + (following.text if following else typed))
    return None


# --- French spaces -------------------------------------------------------------------------------------------------


def _french_space(text: str, typed: str, style: Style) -> Substitution | None:
    if typed == " ":
        doubled = style.guillemet_space and text.endswith(f"«{style.guillemet_space}")
        return Substitution(1, "") if doubled else None
    space = _space_before(typed, style)
    if not space or not text:
        return _closed_up(text, typed, style)
    if text.endswith(" "):
        return Substitution(2, space + typed)
    if typed != ":" and (text[-1].isalnum() or text[-1] in f"»”’){ELLIPSIS}"):
        return Substitution(1, space + typed)
    return None


def _space_before(typed: str, style: Style) -> str:
    if typed in (";", "!", "?"):
        return style.tall_space
    return style.colon_space if typed == ":" else ""


def _closed_up(text: str, typed: str, style: Style) -> Substitution | None:
    """A colon that turns out to be part of a time or a smiley gives its space back."""
    if style.colon_space and typed.isdigit() and re.search(rf"\d{style.colon_space}:$", text):
        return Substitution(3, f":{typed}")
    return None


# --- second thoughts -----------------------------------------------------------------------------------------------


def _clipped_word(text: str, typed: str, style: Style) -> Substitution | None:
    """A word or a decade that begins with an apostrophe was taken for a quotation until it was complete: ’tis, ’90s."""
    opening = style.single[0]
    if opening == APOSTROPHE or style.double is None:
        return None
    found = re.search(rf"(?<!\w){opening}(\w+)$", text)
    if found is None:
        return None
    word = found[1]
    decade = re.fullmatch(r"\d\d", word) is not None
    if decade and typed == "s":
        return _as_apostrophe(word, typed)
    ends = not typed.isalnum() and typed not in "\"'"
    if ends and (word.casefold() in style.clipped or (decade and not _is_open(text, style.double))):
        return _as_apostrophe(word, typed)
    return None


def _as_apostrophe(word: str, typed: str) -> Substitution:
    return Substitution(len(word) + 2, f"{APOSTROPHE}{word}{typed}")


def _second_thoughts(text: str, typed: str, style: Style) -> Substitution | None:
    """A closing mark or a prime that a letter follows was an apostrophe: geht’s inside ‚…‘, the 1990’s, 2024’te."""
    if not typed.isalpha() or style.double is None:
        return None
    wrong = {style.single[1], PRIME} - {APOSTROPHE}
    if len(text) > 1 and text[-1] in wrong and (text[-1] == PRIME or text[-2].isalpha()):
        return Substitution(2, APOSTROPHE + typed)
    return None
