"""Quotations: where a text quotes, which marks are wrong, and how the quoted words stand to their sources."""
