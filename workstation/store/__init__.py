"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.maintenance import check, restore
from workstation.store.moving import Moved, copy_to, move, whereabouts
from workstation.store.store import Store

__all__ = ["Moved", "Store", "check", "copy_to", "move", "restore", "whereabouts"]
