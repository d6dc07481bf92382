"""What can go wrong with an embedding or reranking model, told to people with the remedy."""

from __future__ import annotations


class ModelError(Exception):
    """Base of the models' errors; the message is Chinese and says what to do."""


class UnknownModelError(ModelError):
    """A setting that names no kind of model."""


class ExtraMissingError(ModelError):
    """The packages that run such a model are not installed."""


class ModelNotFoundError(ModelError):
    """No such model on this machine, and none may be (or could be) downloaded."""


class ModelLoadError(ModelError):
    """The model's files are there but cannot be used as asked."""
