"""Names of people as pages print them, cleaned but never invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from workstation.ingest.plain import without_markup

# What stands before a name where a byline is printed, in the languages that news is written in. Words that could begin
# a name themselves ("Von", "De") count only with a colon.
_BY = re.compile(
    r"""^[\s(\[]*(?:
    (?:(?:article|analysis|opinion|written|posted|published|story|words|text|report(?:ed|ing)?|review(?:ed)?|edited|photos?)\s+)?by(?:[:\s]+|$)
    | (?:von|par|por|di|door|av|af|od|de|autor(?:in|[ae]s?)?|auteurs?|autor[ei]?|autrice|author\(?s?\)?|redacteur|redactor
       |redaktor
       |text(?:o|e)?|foto
       |tekst|texte|skriven\s+av|skrevet\s+af|skrevet\s+av|kirjoittaja|toimittaja|szerző|írta|tác\s+giả|penulis|reporter|editor|yazar[ıi]?|yazan
       |автор(?:ы|ка|и)?|текст|журналист|кореспондент|корреспондент|редактор|συντάκτης|συντακτης|συντάκτρια|κείμενο|γράφει(?:\s+(?:ο|η))?
       |كتب[ته]?|كتابة|تحرير|الكاتب|إعداد|اعداد|نویسنده|نويسنده|گزارش|خبرنگار|مترجم|מאת|כתב|לעד|लेखक|लेखिका|द्वारा|संवाददाता|โดย|ผู้เขียน|ผู้สื่อข่าว
       |作者|記者|记者|文|撰文|編輯|编辑|责任编辑|責任編輯|執筆|取材・文|文・写真|글|기자|취재|작성자)\s*[／/:：]\s*
    | (?:von|par|por|di|door|av|af|od)\s+(?=[^\W\d_]+[.\s]\s*[^\W\d_])
    | (?:بقلم|מאת|द्वारा|γράφει\s+(?:ο|η)|oleh|โดย|yazan|napsal[ai]?|napisał[ai]?)\s+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BY_WITHIN = re.compile(r"[\d|–—·,m.-]\s*\b(?i:by|von|par|por|av|af)\s+(?=[^\Wa-zà-ÿ\d_])")
_ADDRESS = re.compile(r"https?://|www\.|^/|\w@\w|^@|^\w+\.(?:com|org|net)\b", re.IGNORECASE)
_MAIL = re.compile(r"[\s|,(<-]*[\w.+-]+@[\w-]+\.[\w.-]+[\s>)]*$")
_HANDLE = re.compile(r"\s*\(?@\w{2,}\)?\s*$")
_ROLE = re.compile(
    r"""(?:\s*[,(（/／]?\s*
    (?:(?:senior|chief|special|staff|political|foreign|business|health|science|sports?|education|news|contributing|associate|deputy|managing
        |night|digital|guest|freelance|national|investigative|crime|court|environment|washington|london|diplomatic|economics|technology|us|uk)\s+)*
    (?<=[\s,(/])(?:staff\s+writer|writer|reporter|correspondent|editor|journalist|contributor|columnist|redakteur(?:in)?|journalistin?|reporterin?|korrespondent(?:in)?
        |redactora?|periodista|giornalista|inviat[oa]|journaliste|redacteur|muhabiri?)\)?
    |\s*(?:기자|특파원|논설위원|인턴기자|선임기자|앵커|記者|记者|編集委員|論説委員|特派員)\s*)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ACCOUNT_WORDS = """
admin administrator editor webmaster none null undefined unknown anonymous author authors user guest staff super contributor
facebook twitter whatsapp telegram instagram linkedin youtube email e-mail print share follow tweet reddit pinterest copy link
comments view read see more all my complete profile posts articles bio about the
newsroom redaktion redacción by von par por di published updated posted editorial редакция админ 管理者 記者 记者 編集部 익명
"""
_NOBODY = frozenset(_ACCOUNT_WORDS.split())
_AND = "and|und|et|y|e|i|og|och|en|ve|и|та|і|και|و|dan|và|ja|és|a"
_BETWEEN = re.compile(
    rf"\s*[;|•·]\s*|\s*,\s+(?:(?:and|und|et|y)\s+)?|\s+(?:{_AND})\s+(?=[^\Wa-zà-ÿа-я\d_])|\s+&\s+|、|，|،\s*|\s+/\s+"
)
_LAST_FIRST = re.compile(r"([^\W\d_]{2,}(?:[-’'][^\W\d_]+)*), ([^\W\d_]{2,}(?:\s+[^\W\d_]\.?)?)")
_AFTER = re.compile(r"\s+(?:(?:in|on|at|for|from|in:)\s+\S.*|[|–—-]\s.*|\d{1,2}[./:\s].*)$")
_AGENCIES = re.compile(r"\s+with\s+(?:agencies|wires|inputs?\b.*|reuters|afp|ap)$", re.IGNORECASE)
_SITE = re.compile(r"[\w-]{1,40}\.\w{2,12}")
_ONLY_ROLE = re.compile(
    r"(?:.{0,40}\s)?(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|redakteur(?:in)?|korrespondent(?:in)?|journaliste)",
    re.IGNORECASE,
)
_DESCRIBED = 4
_HAS_LETTER = re.compile(r"[^\W\d_]")
NAME_LENGTH = 80
NAMES = 12
_PARTS = 200
"""Parts of a byline that are looked at: each name found is compared with every other."""


def names(values: Iterable[str], *, outlet: str = "", split: bool = True) -> str | None:
    """The people in ``values`` as one line, each once, joined by a comma; None when there is nobody.

    Addresses, account words ("admin") and the outlet's own name are nobody.
    """
    found: dict[str, str] = {}
    for part in islice(_each_part(values, split), _PARTS):
        name = _name(part)
        if name and name.casefold() != outlet.casefold() and not (found and (_describes(name) or _SITE.fullmatch(name))):
            found.setdefault(name.casefold(), name)
    each = [name for name in found.values() if not any(_begins(name, other) for other in found.values())]
    return ", ".join(each[:NAMES]) or None


def _each_part(values: Iterable[str], split: bool) -> Iterator[str]:
    for value in values:
        line = _BY.sub("", without_markup(value))
        yield from _parts(line) if split else [line]


def _begins(name: str, other: str) -> bool:
    """Whether ``name`` is ``other`` with words behind or before it that were printed beside it."""
    return name != other and " " in other and (name.startswith(f"{other} ") or name.endswith(f" {other}"))


def _describes(part: str) -> bool:
    """Whether a part behind a name tells what somebody is ("professor of law at the university") and names nobody."""
    words = part.split()
    lower = sum(word[0].islower() for word in words)
    return bool(_ONLY_ROLE.fullmatch(part)) or (len(words) > _DESCRIBED and lower * 2 >= len(words))


def after_by(line: str) -> str | None:
    """What stands behind the words that begin a byline ("By", "Von:", "بقلم"); None where there are none."""
    found = _BY.match(line) or _BY_WITHIN.search(line)
    return _AFTER.sub("", line[found.end() :]).strip() or None if found else None


def _parts(line: str) -> list[str]:
    """The names in ``line``; "Lind, Mara" is one."""
    turned = _LAST_FIRST.fullmatch(line.strip())
    return [f"{turned.group(2)} {turned.group(1)}"] if turned else _BETWEEN.split(line)


def _name(part: str) -> str | None:
    name = _BY.sub("", _HANDLE.sub("", _MAIL.sub("", part)).strip(" \t,.:;-–—|/\"'()[]"))
    name = _AGENCIES.sub("", name)
    shorter = _ROLE.sub("", f" {name}").strip()
    name = shorter if " " in shorter or (not name.isascii() and shorter) else name
    if (
        not _HAS_LETTER.search(name)
        or len(name) > NAME_LENGTH
        or _ADDRESS.search(name)
        or _NOBODY.issuperset(name.casefold().split())
    ):
        return None
    return name
