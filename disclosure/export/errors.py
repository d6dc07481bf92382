"""What can go wrong with an export, told to people with the remedy."""

from __future__ import annotations


class ExportError(Exception):
    """The export cannot be written; the message is Chinese and says what to do."""
