"""Whose voices a story has: countries, speakers, counts."""
