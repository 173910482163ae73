"""The memory of the desk, and the only place that knows SQL. Rows go in and out as values of the domain."""

from workstation.store.checking import check
from workstation.store.maintenance import restore
from workstation.store.store import Store

__all__ = ["Store", "check", "restore"]
