"""What a browser sees: files served as they are, and pages made from templates."""

from pathlib import Path

#: The folder of everything that a browser loads.
STATIC = Path(__file__).parent / "static"
#: The folder of the pages' templates.
TEMPLATES = Path(__file__).parent / "templates"
