"""What can go wrong with the stores, told to people with the remedy."""

from __future__ import annotations


class StoreError(Exception):
    """Base of the stores' errors; the message is Chinese and says what to do."""


class NoReleaseError(StoreError):
    """Nothing has been published yet."""


class OutdatedReleaseError(StoreError):
    """The release in force was written by another version of the program."""


class ForeignVectorsError(StoreError):
    """The release in force was embedded by another model than the one configured."""
