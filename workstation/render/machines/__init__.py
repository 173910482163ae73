"""What a story tells other programs: its name and address in the world, and its data for search, agencies and systems."""
