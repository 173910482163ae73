"""The words that the search knows a text by, and what the editor types as a query over them.

FTS5's tokenizer splits at what is not a letter or digit. That leaves three gaps, closed here in the same way for the text when
it is kept and for the query when it is typed. Han and kana are written without spaces: each of their characters is a word, and
several typed together are a phrase. (Overlapping pairs answered in a third of the time, both within 5 ms for 8,000 texts, but
took 2.3 times the room and 4.5 times as long to add.) Arabic is written with and without vowel signs, tatweel and hamza.
Full-width forms, ligatures and soft hyphens hide a word from who types it plainly.
"""

from __future__ import annotations

import re
import unicodedata

_UNSPACED = re.compile(
    "[\u3005\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_WIDE = re.compile(
    "[\u0132\u0133\u01c4-\u01cc\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc\uff00-\uffef\uf900-\ufaff\U0002f800-\U0002fa1f]+"
)
_HIDDEN = re.compile("[\u00ad\u200b\u2060\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"})


def searchable(text: str) -> str:
    """``text`` as the search index holds it; the very same text where nothing has to be bridged (most Latin ones)."""
    if text.isascii():
        return text
    composed = _WIDE.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    plain = _HIDDEN.sub("", composed).translate(_ALIKE)
    return _UNSPACED.sub(lambda run: f" {' '.join(run[0])} ", plain)


def phrase(words: str, *, exact: bool = False) -> str | None:
    """``words`` as one FTS5 phrase, whose last word is a beginning unless ``exact``; None when they hold no letter or digit."""
    encodable = words.replace("\0", " ").replace('"', " ").encode("utf-8", "ignore").decode()
    sought = searchable(encodable).strip()
    if not any(character.isalnum() for character in sought):
        return None
    return f'"{sought}"' if exact else f'"{sought}"*'


_ARABIC_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3]{3,}")
_ARTICLE = "ال"
_BEFORE = ("", _ARTICLE, "وال", "بال", "لل")
"""What is written together with an Arabic word: the article, and with it "and", "in" and "for"."""


def spellings(words: str) -> tuple[str, ...]:
    """``words`` as they may begin in a text: an Arabic word with its article and without."""
    word = searchable(words.strip())
    if not _ARABIC_WORD.fullmatch(word):
        return (words,)
    bare = word.removeprefix(_ARTICLE)
    bare = bare if len(bare) >= 3 else word
    return tuple(dict.fromkeys((word, *(before + bare for before in _BEFORE))))
