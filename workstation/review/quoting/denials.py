"""Words that deny: to leave one out turns the sense of a quotation round. Short lists of many languages, never complete."""

from __future__ import annotations

import re

from workstation.domain.language_tag import language_in
from workstation.review.quoting.words import words_in

_WORDS = frozenset(
    " ".join(
        (
            "not no never nor neither cannot none nobody nothing nowhere without hardly scarcely barely rarely seldom few little",
            "unless unlikely unable impossible refuse refuses refused deny denies denied",
            "nicht nichts nie niemals niemand niemanden niemandem nirgends nirgendwo ohne kaum wenig wenige weder selten nein",
            "ne n' non pas jamais rien personne aucun aucune nul nulle ni sans guère peu",
            "nunca jamás nada nadie ningún ninguno ninguna tampoco sin apenas poco pocos pocas",
            "não ninguém nenhum nenhuma nem sem jamais poucos poucas",
            "mai niente nulla nessun nessuno nessuna né senza mica pochi poche",
            "niet geen nooit niemand niets nergens zonder nauwelijks weinig",
            "inte icke ej ikke ikkje aldrig aldri ingen inget inga intet ingenting utan uten uden knappt neppe næppe",
            "ei eivät ilman değil yok hiç hiçbir asla kimse nem nincs soha senki semmi nu niciodată nimeni nimic fără",
            "nie nigdy nikt nic żaden bez není nikdy nikdo",
            "не нет ни никто никого ничего ничто никогда нельзя без нету ні ніхто нічого ніколи немає",
            "δεν μην όχι ποτέ κανείς τίποτα χωρίς",
            "لا لم لن ليس ليست ليسوا لست غير دون بدون نه نیست هیچ بدون نہیں",
            "לא אין אינו אינה בלי מעולם",
            "नहीं न मत बिना না নেই tidak bukan tanpa belum không chưa chẳng 안 못",
        )
    ).split()
)
_FORMS = re.compile(
    r".+n't|kein(?:e[mnrs]?)?|[وف](?:لا|لم|لن|ليس|ليست|ليسوا|لست|غير|دون)|(?:و|ف)?ب(?:لا|غير|دون)|نمی.*|[ושהכ]+(?:לא|אין)",
)
_ANYWHERE = re.compile("[不没沒未无無勿莫]|ない|ません|なかっ|않|없|아니|ไม่")
"""In scripts without spaces, and in endings."""

_OTHER_SENSE = {
    "pt": frozenset({"no", "nu"}),
    "fr": frozenset({"mai", "né", "nu"}),
    "nl": frozenset({"nu", "pas"}),
    "de": frozenset({"ei", "mai"}),
    "it": frozenset({"ne"}),
    "sv": frozenset({"ni", "nu"}),
    "da": frozenset({"nu"}),
    "no": frozenset({"nu"}),
}
"""Words that say something else in a language, although they deny in another."""


def denials_in(text: str, language: str | None = None) -> tuple[str, ...]:
    """The words of ``text`` that deny, in order; ``language`` is a code such as ``pt`` or ``pt-BR``, if it is known."""
    words = [word.folded.casefold() for word in words_in(text) if not word.is_sign]
    other_sense = _OTHER_SENSE.get(language_in(language), frozenset())
    found = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word not in other_sense and _denies(word) and not (word in ("few", "little") and before == "a")
    ]
    return (*found, *_ANYWHERE.findall("".join(words)))


def _denies(word: str) -> bool:
    return word in _WORDS or bool(_FORMS.fullmatch(word))
