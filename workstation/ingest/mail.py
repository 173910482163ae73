"""The reader of mails, newsletters above all (.eml): the message is an item, and so is every document attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import parseaddr

from workstation.errors import ReadError
from workstation.ingest.arrival import Arrival, Finding, Reading
from workstation.ingest.dates import iso_date
from workstation.ingest.decoding import decode
from workstation.ingest.delivery import Note, Part
from workstation.ingest.document_facts import without_title
from workstation.ingest.kinds import UNKNOWN, kind_of, suffix_of
from workstation.ingest.multipart import charset_of, content, header, leaves, message_of
from workstation.ingest.names import names
from workstation.ingest.newsletter import Newsletter, newsletter, plain_address
from workstation.ingest.plain import TITLE_LENGTH, one_line
from workstation.ingest.saved_pages import moment_of
from workstation.ingest.text import bounded_text, first_line
from workstation.ingest.unwrapping import unwrapped

_APPLE_LENGTH = re.compile(rb"\A\s*\d{1,10}\s*\r?\n(?=[A-Za-z-]+:)")
_OF_AN_OUTLET = re.compile(r"^(.{2,60}?)\s+(?:at|from|of|via|de|von|bei|van|da|[|·–—-])\s+(.{2,80})$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|le|la|les|l['’]|el|los|las|il|lo|der|die|das|de|het|o|a)\b[\s'’]*\w", re.IGNORECASE)
_FREE_MAIL_HOSTS = """
gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de mail.ru
yandex.ru qq.com 163.com 126.com naver.com protonmail.com proton.me
"""
_FREE_MAIL = frozenset(_FREE_MAIL_HOSTS.split())
_MAILING = ("List-Id", "List-Unsubscribe", "List-Post", "List-Archive")
_MORE_TEXT = 3
"""Plain text this many times as long as the words of the HTML beside it is the message; the HTML is then a frame."""


def read(arrival: Arrival) -> Reading:
    """The message's own words, its sender, its subject and its date.

    Raises:
        ReadError: it is no message, or has no words and no subject.
    """
    message = message_of(_APPLE_LENGTH.sub(b"", arrival.data, count=1))
    body = _body(message)
    subject = header(message, "Subject")[:TITLE_LENGTH]
    if not any(map(str.isalnum, body.text + subject)):
        raise ReadError("There is nothing to read in this message", "It has no words and no subject. Save it again.")
    outlet, author = _sender(message)
    url = _address(message, body)
    title = subject or body.title or first_line(body.text)
    found = Finding(title, "subject" if subject else "text")
    return Reading(
        text=without_title(body.text, found) if subject else body.text,
        text_origin="mail" if body.text else "no text: the message has only a subject",
        title=found,
        outlet=outlet,
        author=author,
        published=_published(message, arrival),
        language=Finding(body.language or header(message, "Content-Language"), "mail"),
        url=Finding(url, "mail") if url else None,
    )


def unpack(arrival: Arrival) -> Iterator[Part]:
    """The message itself, then the documents attached to it; other attachments are named."""
    yield arrival
    message = message_of(_APPLE_LENGTH.sub(b"", arrival.data, count=1))
    left_out: list[str] = []
    for number, part in enumerate(leaves(message)):
        if number == 0 and not part.get_filename() and part.get_content_maintype() == "text":
            continue
        attached = _attachment(part, arrival)
        if isinstance(attached, Arrival):
            yield attached
        elif attached:
            left_out.append(attached)
    if left_out:
        more = f" and {len(left_out) - 3} more" if len(left_out) > 3 else ""
        yield Note(f"Attached to it and left out: {', '.join(left_out[:3])}{more}.")


# --- the words -----------------------------------------------------------------------------------------------------


def _body(message: Message) -> Newsletter:
    """The words of the message: of its HTML, unless the plain text beside that says far more."""
    plain, markup = "", ""
    for part in leaves(message):
        if _is_attached(part):
            continue
        kind = part.get_content_type()
        if kind == "text/html" and not markup:
            markup = decode(content(part), charset_of(part)).text
        elif part.get_content_maintype() == "text" and kind in ("text/plain", "text/markdown") and not plain:
            plain = _plain(part)
    styled = newsletter(markup) if markup else Newsletter("", "", None, "")
    if plain and len(plain) > _MORE_TEXT * len(styled.text):
        return Newsletter(plain, styled.title, styled.url, styled.language)
    return styled


def _plain(part: Message) -> str:
    text = bounded_text(decode(content(part), charset_of(part)).text)
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?<!^-- ) \r?\n(?=\S)", " ", text)
    return unwrapped(text)


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


# --- who and when --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _From:
    name: str
    domain: str


def _sender(message: Message) -> tuple[Finding | None, Finding | None]:
    """The outlet and the author: "Mara Lind from Harbour Post" is both, a list's mail is its outlet's, other mail a person's."""
    sent = _from(message)
    split = _OF_AN_OUTLET.match(sent.name)
    if split:
        writer, outlet = split.groups()
        if _ARTICLE.match(writer) and not _ARTICLE.match(outlet):  # The Morning Bell — Ines
            writer, outlet = outlet, writer
        person = names([writer], split=False)
        return _found(outlet), Finding(person, "sender") if person else None
    listed = any(message.get(name) for name in _MAILING)
    if listed:
        return _found(sent.name or _list_name(message) or sent.domain), None
    person = names([sent.name], split=False)
    return _found(sent.domain), Finding(person, "sender") if person else None


def _from(message: Message) -> _From:
    name, address = parseaddr(header(message, "From"))
    domain = address.rpartition("@")[2].lower() if "@" in address else ""
    for prefix in ("mail.", "email.", "e.", "news.", "newsletter.", "newsletters.", "send.", "www."):
        domain = domain.removeprefix(prefix)
    name = one_line(name).strip("\"' ")
    return _From("" if "@" in name else name, "" if domain in _FREE_MAIL or "." not in domain else domain)


def _list_name(message: Message) -> str:
    return header(message, "List-Id").partition("<")[0].strip("\"' ")


def _found(value: str) -> Finding | None:
    return Finding(value[:TITLE_LENGTH], "sender") if value else None


def _published(message: Message, arrival: Arrival) -> Finding | None:
    moment = moment_of(header(message, "Date"))
    date = iso_date(moment, captured=arrival.captured) if moment else None
    return Finding(date, "mail") if date else None


def _address(message: Message, body: Newsletter) -> str | None:
    """Where the message stands on the web, as its headers or its link to the web version tell; none that counts readers."""
    told = (header(message, name).strip("<> ") for name in ("Archived-At", "List-Post"))
    return next((address for value in told if (address := plain_address(value))), None) or body.url


# --- attachments ---------------------------------------------------------------------------------------------------


def _attachment(part: Message, arrival: Arrival) -> Arrival | str | None:
    """A document of its own, the name of an attachment that no reader knows, or None for the message's own parts."""
    kind, name = part.get_content_type(), _file_name(part)
    if kind != "message/rfc822" and not _is_attached(part):
        return None
    if part.get_content_maintype() in {"image", "audio", "video", "font"} or kind == "text/calendar" or suffix_of(name) == ".ics":
        return name if part.get_content_disposition() == "attachment" and name else None
    data = content(part)
    if not data.strip() or kind_of(data, name, kind) in {UNKNOWN, "link"}:
        return name or kind
    return Arrival(data=data, captured=arrival.captured, name=name, media_type=kind, charset=charset_of(part))


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, UnicodeError):
        name = ""
    return one_line(header_text(name)).replace("/", "_").replace("\\", "_")[:200]


def header_text(value: str) -> str:
    """A parameter's value with encoded words in it, as many mailers write file names."""
    carrier = Message()
    carrier["X"] = value.replace("\n", " ").replace("\r", " ")
    return header(carrier, "X")
