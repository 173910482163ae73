"""The door in: bytes from the world become items. Heavy libraries are loaded at the first reading, never at start-up."""
