"""Pages from templates: escaped by default, strict about names, nothing inline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from disclosure.model import Kind, Level
from qa_service.local_time import day, minute
from qa_service.paths import answer_path, document_path
from qa_service.typeahead.entries import place_of
from qa_service.web import STATIC, TEMPLATES

_KINDS = {Kind.BUDGET: "预算", Kind.FINAL_ACCOUNT: "决算"}
_LEVELS = {Level.DEPARTMENT: "部门", Level.UNIT: "单位"}
_WIDGET = STATIC / "widget" / "budget-qa-chat.js"


def render(template: str, **context: object) -> str:
    """The HTML of one page."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"day": day, "minute": minute, "place": place_of, "present": present}
    environment.globals |= {
        "document_path": document_path,
        "answer_path": answer_path,
        "kind_name": lambda d: f"{_LEVELS[d.level]}{_KINDS[d.kind]}",
        "has_widget": _WIDGET.is_file(),
    }
    return environment


def present(values: Mapping[str, object]) -> dict[str, object]:
    """What is not empty, for the query of a link."""
    return {name: value for name, value in values.items() if value not in ("", None)}
