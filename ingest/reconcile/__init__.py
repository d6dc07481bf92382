"""Reconciliation (勾稽关系): the rules that the figures of a disclosure must satisfy, and how each
fared. Nothing is repaired; a check that could not be made says why and never counts as passed."""

from __future__ import annotations

from ingest.reconcile.across_years import reconcile_years
from ingest.reconcile.engine import RULES, reconcile

__all__ = ["RULES", "reconcile", "reconcile_years"]
