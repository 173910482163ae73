"""The story editor: every field of a story and its signal cards."""
