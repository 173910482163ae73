"""Door out: whole files or nothing, the clipboard's forms, and the content systems that take a story over the network."""

from workstation.export.files import write_files

__all__ = ["write_files"]
