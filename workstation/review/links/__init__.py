"""Addresses that a story links to."""
