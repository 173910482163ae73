"""The forms that the preview shows a story in: the page itself, the fragment for a CMS, the words alone, the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.ui.preview.following import Rendered


@dataclass(frozen=True, slots=True)
class Form:
    """A form by the profile that makes it. A ``text`` form is read as text, any other stands in the browser engine."""

    label: str
    profile: str
    is_text: bool = False


PAGE = Form("Page", "page")
FRAGMENT = Form("CMS fragment", "fragment")
FORMS = (
    PAGE,
    FRAGMENT,
    Form("Plain text", "text", is_text=True),
    Form("HTML source", "page", is_text=True),
    Form("HTML source of the fragment", "fragment", is_text=True),
)

_STYLE = (
    ":root { color-scheme: light dark } body { max-width: 42rem; margin: 1.5rem auto; padding: 0 1.25rem; "
    "font: 1.0625rem/1.6 Georgia, 'Noto Serif', serif; overflow-wrap: break-word } img { max-width: 100%; height: auto } "
    "figure { margin: 0 } figcaption { font-size: 0.8em; opacity: 0.75 }"
)
_HEAD = f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<style>{_STYLE}</style>\n</head>\n<body>\n'


@dataclass(frozen=True, slots=True)
class Framed:
    """A fragment in the plainest page that can hold it, as the theme of a CMS would."""

    fragment: Rendered

    @property
    def main(self) -> str:
        """The page's name, which is not the fragment's own."""
        return "fragment.html"

    @property
    def files(self) -> Mapping[str, bytes]:
        """The page, and what lies beside the fragment."""
        body = self.fragment.files[self.fragment.main].decode()
        return {**self.fragment.files, self.main: f"{_HEAD}{body}</body>\n</html>\n".encode()}
