"""The source inbox: what arrived, and the door for more."""

from workstation.ui.inbox.capture_field import CaptureField
from workstation.ui.inbox.inbox_pane import InboxPane

__all__ = ["CaptureField", "InboxPane"]
