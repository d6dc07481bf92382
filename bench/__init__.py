"""Measurements of speed and memory, each against the cost of its own pieces in the same run."""
