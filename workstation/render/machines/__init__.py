"""What a story tells other programs: its name and address in the world, its data for search engines, agencies and content systems."""
