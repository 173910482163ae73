"""What is told instead of a picture."""

from __future__ import annotations

from workstation.domain.story import LeadImage
from workstation.render.words.characters import one_line


def alternative_text(lead: LeadImage | None) -> str:
    """The lead image in one line, for those who do not see it; empty where it only decorates, and where there is none."""
    return one_line(lead.alt) if lead and not lead.decorative else ""
