"""The words that the search knows a text by, and what the editor types as a query over them.

FTS5's tokenizer splits at what is not a letter or digit. That leaves three gaps, closed here in the same way for the text when
it is kept and for the query when it is typed. Han and kana are written without spaces: each run of them becomes overlapping
pairs of characters, and its last character alone. Arabic is written with and without vowel signs, tatweel and hamza. Full-width
forms, ligatures and soft hyphens hide a word from who types it plainly.
"""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = (
    "\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_WIDE = re.compile(
    "[\u0132\u0133\u01c4-\u01cc\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\uff00-\uffef\uf900-\ufaff\U0002f800-\U0002fa1f]+"
)
_HIDDEN = re.compile("[\u00ad\u200b\u2060\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"})


def searchable(text: str) -> str:
    """``text`` as the search index holds it; the very same text where nothing has to be bridged (most Latin ones)."""
    return _RUN.sub(lambda run: f" {_pairs(run[0], whole=True)} ", plain(text))


def plain(text: str) -> str:
    """``text`` without what hides a word from who types it plainly; Han and kana still unspaced."""
    composed = _WIDE.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return _HIDDEN.sub("", composed).translate(_ALIKE)


def _pairs(run: str, *, whole: bool) -> str:
    """The overlapping pairs of ``run``, and with ``whole`` its last character alone, so that every character begins a word."""
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return " ".join([*pairs, run[-1]] if whole or len(run) == 1 else pairs)


def phrase(words: str) -> str | None:
    """``words`` as one FTS5 phrase whose last word is a beginning; None when they hold no letter or digit."""
    folded = plain(words.replace("\0", " ").encode("utf-8", "ignore").decode())
    end = len(folded.rstrip("".join(character for character in set(folded) if not character.isalnum())))
    spaced = _RUN.sub(lambda run: f" {_pairs(run[0], whole=run.end() < end)} ", folded).replace('"', " ").strip()
    if not any(character.isalnum() for character in spaced):
        return None
    return f'"{spaced}"*'
