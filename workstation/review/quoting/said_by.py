"""Where a text turns from what was said to who said it: ", she said". Only what is certain."""

from __future__ import annotations

import re
from functools import cache

from workstation.domain.language_tag import language_in

_ENGLISH = (
    "said|says|told|added|adds|asked|asks|wrote|writes|warned|warns|argued|argues|noted|notes|explained|explains|replied|insisted"
    "|continued|recalled|declared|claimed|claims|announced|stated|tweeted|posted|quipped|remarked|concluded|responded|admitted"
)
_NO_SPEAKER = r"(?!(?:and|but|or|nor|so|yet|as|if|when|while|where|which|who|whom|that|because|though|although|then|I|we|you)\b)"
_SPEAKER = rf"{_NO_SPEAKER}(?:he|she|they|it|(?:[Tt]he |an? )?[^\W\d_][\w’'.-]*(?: [^\W\d_][\w’'.-]*){{0,3}})"
_NAMED = r"(?:(?:the |an? )[^\W\d_][\w’'-]*|[A-Z][\w’'.-]*)"

_BEFORE_COMMA = {
    "de": "sagte|sagt|erklärte|schrieb|schreibt|meinte|betonte|warnte|berichtete|fragte|heißt es|hieß es|teilte|so",
    "fr": r"a-t-il|a-t-elle|dit-il|dit-elle|ont-ils|a (?:dit|déclaré|ajouté|expliqué|affirmé|écrit|indiqué)|explique",
    "es": "dijo|dice|declaró|afirmó|señaló|explicó|añadió|agregó|escribió|aseguró|advirtió",
    "it": "ha (?:detto|dichiarato|aggiunto|spiegato|scritto|affermato)|dice|disse|spiega",
    "pt": "disse|diz|afirmou|declarou|explicou|acrescentou|escreveu",
    "nl": "zei|zegt|schreef|schrijft|aldus|verklaarde|vertelde",
    "sv": "sa|säger|sade|skrev|skriver|berättar|förklarade",
    "da": "sagde|siger|skrev|skriver|forklarede",
    "nb": "sa|sier|skrev|skriver|forklarte",
    "pl": "powiedział|powiedziała|mówi|dodał|dodała",
    "ru": "сказал|сказала|говорит|заявил|заявила|отметил|отметила|сообщил|сообщила|добавил|добавила",
}


@cache
def _turn(primary: str) -> re.Pattern[str] | None:
    if primary == "en":
        verbs = rf"(?:{_ENGLISH})\b"
        return re.compile(rf"(?<=[,!?])(?= (?:{_SPEAKER} {verbs}|{verbs} {_NAMED}|according to ))")
    verbs = _BEFORE_COMMA.get(primary, "")
    return re.compile(rf"(?= ?, (?:{verbs})\b)") if verbs else None


def said_until(text: str, start: int, end: int, language: str) -> int | None:
    """The code point between ``start`` and ``end`` where the words said end and their speaker is named; None if nowhere."""
    turn = _turn(language_in(language))
    found = turn.search(text, start, end) if turn else None
    return found.start() if found else None
