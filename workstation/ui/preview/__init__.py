"""The live preview: the exported page in a real browser engine."""
