"""What can go wrong and is foreseen. Anything else is a bug and keeps its traceback."""


class WorkstationError(Exception):
    """A foreseen failure, told to the person at the desk.

    ``title`` names what did not happen, in a few words. ``detail`` names the cause and the mend.
    A foreign error becomes one of these where it enters, with ``raise ... from error``.
    """

    def __init__(self, title: str, detail: str = "") -> None:
        super().__init__(f"{title}: {detail}" if detail else title)
        self.title = title
        self.detail = detail


class InputError(WorkstationError):
    """What was handed in cannot be used: a broken document, an unknown profile, an unreadable file."""


class NotFoundError(WorkstationError):
    """Something was asked for by a name that nothing here bears."""


class FetchError(WorkstationError):
    """A page could not be fetched: no network, a refused address, too slow, too large."""


class ReadError(WorkstationError):
    """Bytes arrived but no reader could make an item of them."""


class StoreError(WorkstationError):
    """The store cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process has this store open."""


class StoreTooNewError(StoreError):
    """The store was written by a newer version of the program."""


class StoreFullError(StoreError):
    """The disk has no room left for what should be written; nothing was half written."""


class StoreFailedError(StoreError):
    """The disk failed while it was written or read: what it says of itself later is not to be trusted blindly."""


class StoreDamagedError(StoreError):
    """What the store holds is not what was put into it: a backup is wanted."""


class StoreReadOnlyError(StoreError):
    """The store can be read but not written: a medium or a folder that may not be changed."""


class StoreElsewhereError(StoreError):
    """Another machine had the store open and did not say that it closed it: the editor has to decide."""


class ExportError(WorkstationError):
    """Nothing was written, because the files could not be written whole."""


class BlockedError(WorkstationError):
    """A blocker stands between the story and its export."""


class Cancelled(WorkstationError):  # noqa: N818 - a wish, not an error
    """The editor cancelled the work; nothing is wrong and nothing was kept."""

    def __init__(self) -> None:
        super().__init__("Cancelled")


class SendError(WorkstationError):
    """A content system did not take a story, or nobody knows whether it did. To send it again is safe: nothing is doubled."""


class HeldBackError(SendError):
    """Nothing was sent, because the editor has to decide first; to send with ``force`` goes on.

    Somebody changed the post in the content system meanwhile, or put it away.
    """
