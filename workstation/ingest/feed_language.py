"""The languages of a feed's entries: looked up for the first few, recognised by their common words for the rest."""

from __future__ import annotations

from workstation.ingest.language import language_code, language_of

SAMPLE = 300
"""Letters of an entry whose language is looked up."""
MORE = 1500
"""Letters in which the declared language is sought where it does not show in the first ones."""

_COMMON = {
    "de": "der die das und in den von zu mit ist für auf nicht im dem ein eine",
    "en": "the of and to in that is for on with as by was at it from",
    "es": "el la los las de y en que del un una por con para se su",
    "fr": "le la les de des et en un une du que pour dans est sur au par",
    "it": "il la di e che in per un una del della dei con non si le",
    "nl": "de het een van en in is op te dat voor met zijn niet",
    "pt": "o a os de e que do da em um uma para com não no na",
    "ru": "и в на не что с по из к для от за",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
"""Words by which a text shows that it is in the language it is declared to be in; the model takes half a second to load."""
_PLAIN = 0.15

_ALIKE = 4
_FEWEST_WORDS = 12
_SHARED = 0.35
"""The share of an entry's words that the entries before it had. Neighbours such as Spanish and Portuguese stay below it."""


class FeedLanguages:
    """Asks for one entry after the other. A look-up costs a tenth of a millisecond, a recognition a tenth of that."""

    def __init__(self, hint: str | None) -> None:
        self._hint = hint
        self._language: str | None = None
        self._alike = 0
        self._words: set[str] = set()

    def of(self, text: str, hint: str | None = None) -> str | None:
        """The language of ``text``, as :func:`workstation.ingest.language.language_of` finds it; ``hint`` is the entry's own."""
        words = text[:SAMPLE].lower().split()
        if self._alike >= _ALIKE and self._recognises(words, hint):
            return self._language
        declared = language_code(hint or self._hint)
        is_declared = declared and (_shows(words, declared) or _shows(text[:MORE].lower().split(), declared))
        found = declared if is_declared else language_of(text[:SAMPLE], hint or self._hint)
        if found is not None and found == self._language:
            self._alike += 1
            self._words.update(words)
        elif self._alike < _ALIKE:
            self._language, self._alike, self._words = found, 1, set(words)
        return found

    def _recognises(self, words: list[str], hint: str | None) -> bool:
        if len(words) < _FEWEST_WORDS or (hint and language_code(hint) != self._language):
            return False
        return sum(word in self._words for word in words) >= len(words) * _SHARED


def _shows(words: list[str], declared: str) -> bool:
    """Whether the common words of the ``declared`` language stand in a text, and more of them than of any other."""
    if declared not in _COMMON_WORDS or len(words) < _FEWEST_WORDS:
        return False
    shares = {language: sum(word in common for word in words) for language, common in _COMMON_WORDS.items()}
    most = shares.pop(declared)
    return most >= len(words) * _PLAIN and most > max(shares.values())
