"""WordPress, through its REST API; :mod:`.delivering` has what a destination can be asked to do."""
