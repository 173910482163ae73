"""The words of a story as they are printed: cleaned, in their order and direction, with times, names and links."""
