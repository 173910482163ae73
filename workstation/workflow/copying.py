"""A story for the clipboard: what “Copy for CMS” lays there, to be pasted into a content system, a document or a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workstation.export.clipboard import for_pasting

if TYPE_CHECKING:
    from workstation.workflow.publishing import Prepared

FLAT = "fragment"
PASTED = (FLAT, "inline", "wordpress", "ghost")
"""Profiles whose markup can be pasted as it is; any other one is pasted as the flat fragment."""


def clipboard_of(prepared: Prepared) -> Mapping[str, str]:
    """A prepared story for the clipboard, by media type: markup and words, from its insights line to its contributors.

    The headline is left out, because whoever takes the text has a field for it, and so are the pictures: they lie in files that
    the other program does not have.
    """
    from workstation.render.profiles import render  # noqa: PLC0415
    from workstation.render.rendering import LeadPlace  # noqa: PLC0415
    from workstation.render.words.passages import with_passages  # noqa: PLC0415
    from workstation.render.words.plain import text_below_headline  # noqa: PLC0415 - the window is painted before a page is rendered
    from workstation.render.words.running_order import running_order  # noqa: PLC0415

    story, house, terms = prepared.story, prepared.publication, replace(prepared.terms, lead=LeadPlace.FEATURED)
    profile = prepared.rendering.profile if prepared.rendering.profile in PASTED else FLAT
    html = render(profile, story, house, {}, terms).text
    return for_pasting(html, text_below_headline(running_order(with_passages(story, terms), house)))
