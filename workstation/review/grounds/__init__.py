"""What sentences rest on: passages that carry them, tied by the editor or proposed."""
