"""The reader: one item's text, its highlights, and the way into a card."""
