"""Door out: whole files or nothing, and stories packed for a colleague."""

from workstation.export.files import write_files
from workstation.export.story_archive import ArchivedItem, StoryArchive, pack, unpack

__all__ = ["ArchivedItem", "StoryArchive", "pack", "unpack", "write_files"]
