"""The public web page: static files only, served as they are."""

from pathlib import Path

#: The folder of everything that a browser loads.
STATIC = Path(__file__).parent / "static"
