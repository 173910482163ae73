"""The pictures of a story: where they lie, what stands below them, and what their files say."""
