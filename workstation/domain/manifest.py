"""What the manifest of a hand-over is called, for the form that writes it and for the door that puts it into a folder."""

from __future__ import annotations

MANIFEST = "manifest.json"
FAMILY = "workstation-manifest/"
"""What the format of every manifest of ours begins with."""
FORMAT = f"{FAMILY}1"
