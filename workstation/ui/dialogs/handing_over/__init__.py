"""Handing a story over: in which form, what stands in the way, what changed, how it looks, and the ways out."""
