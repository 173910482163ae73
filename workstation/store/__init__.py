"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.checking import check
from workstation.store.maintenance import restore
from workstation.store.moving import Moved, copy_to, move, whereabouts
from workstation.store.place import Place, PlaceKind, place_of
from workstation.store.store import Store

__all__ = ["Moved", "Place", "PlaceKind", "Store", "check", "copy_to", "move", "place_of", "restore", "whereabouts"]
