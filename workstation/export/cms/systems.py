"""The content systems by their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from workstation.domain.destination import CmsKind
from workstation.export.cms.delivery import Check, Deliver


@dataclass(frozen=True, slots=True)
class System:
    """A content system: the profile whose form it takes, and the module that speaks with it."""

    label: str
    profile: str
    module: str

    @property
    def deliver(self) -> Deliver:
        """Sends a parcel there."""
        deliver: Deliver = import_module(self.module).deliver  # only now: it loads the network's libraries
        return deliver

    @property
    def check(self) -> Check:
        """Asks who we are there."""
        check: Check = import_module(self.module).check
        return check


SYSTEMS: Mapping[CmsKind, System] = {
    CmsKind.WORDPRESS: System("WordPress", "wordpress", "workstation.export.cms.wordpress.delivering"),
    CmsKind.GHOST: System("Ghost", "ghost", "workstation.export.cms.ghost.delivering"),
}
