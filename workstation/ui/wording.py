"""Words that several panes say: countries, languages, the direction of a text, and addresses that may be opened."""

from __future__ import annotations

import unicodedata
from html import escape

from PySide6.QtCore import QLocale, QUrl


def plain_tip(text: str) -> str:
    """``text`` as a tool tip (or a label that knows markup) shows it word for word: Qt would take foreign words for HTML."""
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if text else ""


def country_name(code: str | None) -> str:
    """``Pakistan`` for ``PK``; the code itself where no name is known."""
    known = QLocale.codeToTerritory(code or "")
    return (code or "").upper() if known == QLocale.Country.AnyCountry else QLocale.territoryToString(known)


def language_name(code: str | None) -> str:
    """``English`` for ``en``; the code itself where no name is known."""
    known = QLocale.codeToLanguage(code or "")
    return (code or "").upper() if known == QLocale.Language.AnyLanguage else QLocale.languageToString(known)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is Arabic, Hebrew or another right-to-left one."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def mail_address(url: str | None) -> QUrl | None:
    """The address when it is a letter to somebody, who has a place to receive it and nothing hidden in their name."""
    address = QUrl(url or "", QUrl.ParsingMode.StrictMode)
    return address if address.isValid() and address.scheme() == "mailto" and "@" in address.path() else None


def web_address(url: str | None) -> QUrl | None:
    """The address when a browser may be sent there: http or https only."""
    address = QUrl(url or "", QUrl.ParsingMode.StrictMode)
    return address if address.isValid() and address.scheme() in ("http", "https") and address.host() else None
