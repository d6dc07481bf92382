"""The HTTP side of the staff console: one file a group of routes, all behind ``signed``."""
