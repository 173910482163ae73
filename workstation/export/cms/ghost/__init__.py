"""Ghost, through its Admin API; :mod:`.delivering` has what a destination can be asked to do."""
