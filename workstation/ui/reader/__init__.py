"""The reader: an item's clean text, its marks, and the way of its words into a card."""

from workstation.ui.reader.reader_pane import ReaderPane

__all__ = ["ReaderPane"]
