"""Door out: whole files or nothing, and stories packed for a colleague."""

from workstation.export.files import write_files

__all__ = ["write_files"]
