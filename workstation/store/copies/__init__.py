"""Whole copies of a store: backups, one put back, one written to a file, a desk taken to another place."""
