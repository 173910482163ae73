"""Outlets in the words of a story: who is named as reporting, and by which of its names."""
