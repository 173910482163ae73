"""Style sheets written into the elements that they style, for systems that keep nothing else of a look."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from workstation.render.house.palette import Palette
from workstation.render.templates import fill
from workstation.render.words.characters import composed

if TYPE_CHECKING:
    from css_inline import CSSInliner


def sheet(template: str, palette: Palette, **marks: str) -> Markup:
    """A style sheet among the templates in the colours and fonts of a palette; ``marks`` is what else it names."""
    fonts = {role: Markup(families) for role, families in palette.fonts.items()}  # noqa: S704 - each family was checked
    values = {"light": palette.light, "dark": palette.dark, "fonts": fonts, **marks}
    return Markup(fill(template, values))  # noqa: S704 - every colour was made plain


def inlined(html: str, css: str) -> str:
    """A whole page with the rules of ``css`` in its ``style`` attributes; its own style sheets stay as they are."""
    return composed(_inliner(css).inline(html)) + "\n"


def inlined_part(html: str, css: str) -> str:
    """Some markup of a page with the rules of ``css`` in its ``style`` attributes."""
    part = _inliner("").inline_fragment(html, css)
    return composed(part.rstrip("\n")) + "\n"  # some versions of the library drop the end of the last line


@lru_cache(maxsize=16)
def _inliner(css: str) -> CSSInliner:
    from css_inline import CSSInliner  # noqa: PLC0415 - only a few forms need it

    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css or None)
