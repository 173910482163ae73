"""The profiles as an editor looks for them, and the way out that each is mostly meant for."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from workstation.domain.destination import CmsKind
from workstation.workflow.copying import PASTED

if TYPE_CHECKING:
    from workstation.render.rendering import Profile


class WayOut(StrEnum):
    """How a story leaves the desk."""

    SAVE = "save"
    COPY = "copy"
    SEND = "send"


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("For readers", ("page", "single", "text")),
    ("For a CMS", ("fragment", "inline", "wordpress", "ghost", "markdown")),
    ("For mail", ("email",)),
    ("For systems", ("ans", "ninjs", "wxr", "rss", "jsonld")),
    ("For colleagues", ("bundle",)),
)
OTHERS = "Others"
_SENT = {kind.value: kind for kind in CmsKind}


def grouped(profiles: Iterable[Profile]) -> list[tuple[str, list[Profile]]]:
    """The profiles under their headings, in the order of the profiles; an unknown one comes under the last heading."""
    heading_of = {name: heading for heading, names in GROUPS for name in names}
    sorted_in: dict[str, list[Profile]] = {heading: [] for heading in (*dict(GROUPS), OTHERS)}
    for profile in profiles:
        sorted_in[heading_of.get(profile.name, OTHERS)].append(profile)
    return [(heading, inside) for heading, inside in sorted_in.items() if inside]


def kind_of(profile: str) -> CmsKind | None:
    """The systems that take a profile over the network."""
    return _SENT.get(profile)


def main_way(profile: str, *, has_destination: bool) -> WayOut:
    """What Enter does with a profile."""
    if kind_of(profile) is not None and has_destination:
        return WayOut.SEND
    return WayOut.COPY if profile in PASTED else WayOut.SAVE
