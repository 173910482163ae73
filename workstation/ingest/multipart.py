"""Messages of many parts, as mails and MHTML are: the standard library's parser, with limits on what it is made to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32

from workstation.errors import ReadError
from workstation.ingest.plain import one_line

PARTS = 2_000
DEPTH = 40
_OPENING = re.compile(rb"^--[^\r\n-]", re.MULTILINE)
_NESTED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


def message_of(data: bytes) -> Message:
    """The message in ``data``.

    Raises:
        ReadError: it has more parts than anybody reads, or nests them too deeply.
    """
    if len(_NESTED.findall(data)) > DEPTH * 10 or len(_OPENING.findall(data)) > PARTS * 20:
        raise _too_much()
    try:
        return message_from_bytes(data.lstrip(b"\r\n"), policy=compat32)
    except (RecursionError, MemoryError) as error:
        raise _too_much() from error
    except (MessageError, ValueError, LookupError, TypeError) as error:
        raise ReadError(
            "This message could not be read", "It is not written as messages are. Save it again, or paste its text."
        ) from error


def leaves(message: Message) -> Iterator[Message]:
    """The parts that hold no others, in order; a mail inside a mail is one of them. At most 2,000 are given."""
    stack = [(message, 0)]
    given = 0
    while stack and given < PARTS:
        part, depth = stack.pop()
        inside = part.get_payload() if part.is_multipart() else None  # else it decodes, by a charset that may be anything
        if depth < DEPTH and part.get_content_maintype() == "multipart" and isinstance(inside, list):
            stack.extend((child, depth + 1) for child in reversed(inside) if isinstance(child, Message))
        else:
            given += 1
            yield part


def content(part: Message) -> bytes:
    """The decoded bytes of a part; of a mail inside a mail its own bytes; ``b""`` for what cannot be decoded."""
    try:
        if part.get_content_type() == "message/rfc822":
            inside = part.get_payload()
            mail = inside[0] if isinstance(inside, list) and inside else None
            return mail.as_bytes() if isinstance(mail, Message) else b""
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, KeyError, AttributeError, UnicodeError, RecursionError):
        return b""
    return payload if isinstance(payload, bytes) else b""


def charset_of(part: Message) -> str | None:
    """The charset that a part declares."""
    declared = part.get_param("charset")
    return declared if isinstance(declared, str) else None


def header(message: Message, name: str) -> str:
    """A header's value on one line, its encoded words decoded; ``""`` where it is missing."""
    value = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if value is None:
        return ""
    raw = str(value)[:4_000]
    joined = _joined(raw)
    try:
        return one_line(str(make_header(decode_header(joined))))
    except (MessageError, ValueError, LookupError, UnicodeError):
        return one_line(joined)


def _joined(raw: str) -> str:
    """Bytes that a mailer left undeclared in a header are UTF-8 or Windows-1252."""
    data = raw.encode("utf-8", "surrogateescape")
    if data.isascii():
        return raw
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _too_much() -> ReadError:
    return ReadError(
        "This message could not be read", "It has too many parts, or nests them too deeply, for a real one. Paste its text."
    )
