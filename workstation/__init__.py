"""The Signals Workstation: from captured sources to a checked signals story and the HTML that a CMS takes."""

__version__ = "0.1.0"
