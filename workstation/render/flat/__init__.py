"""A story in the flat blocks that every content system keeps, and those blocks as WordPress marks them."""
