"""The house that a story is printed in: its file, colours, style sheets, own templates, and what guards those."""
