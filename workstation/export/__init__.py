"""Door out: whole files or nothing, the clipboard's forms, and the content systems that take a story over the network."""

from workstation.export.files import finish_killed, write_files

__all__ = ["finish_killed", "write_files"]
