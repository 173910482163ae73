"""No link leads where only the editor gets in, or gives the editor's access away."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.domain.problem import Problem
from workstation.review.links.linked import flawed_links
from workstation.review.links.private_addresses import private
from workstation.review.manuscript import Manuscript


def private_links(manuscript: Manuscript) -> Iterator[Problem]:
    """Blocks links that give something away (keys, names, files of this computer); warns of those that no reader can follow."""
    yield from flawed_links(manuscript, "link-private", private)
