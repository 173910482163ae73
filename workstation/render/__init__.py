"""Form: a story and its publication become the text that one destination takes. Pure: the same story, the same bytes."""

from workstation.render.insights import insights_line
from workstation.render.profiles import PROFILES, render
from workstation.render.publication_file import read_publication
from workstation.render.rendering import Profile, Rendering

__all__ = ["PROFILES", "Profile", "Rendering", "insights_line", "read_publication", "render"]
