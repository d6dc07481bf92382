"""The tools' arguments as a model writes them: the plan's own schema, with words for members.

Derived from the plan classes field by field, so that a plan and its tool can never differ: where a
plan names a member of the data, the argument holds the words for it, and linking finds the member.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from qa_service.understanding.plan import Axis, Group, PlanModel, Selector

_MAX_WORDS = 200


class Said(BaseModel):
    """Base of all arguments: nothing unknown is let through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _as_models_write(cls, said: object) -> object:
        """null for what is left out, and one thing where several could be listed."""
        if not isinstance(said, dict):
            return said
        given = {name: value for name, value in said.items() if value is not None}
        for name, value in given.items():
            field = cls.model_fields.get(name)
            several = field is not None and get_origin(field.annotation) is tuple
            if several and not isinstance(value, list | tuple):
                given[name] = [value]
        return given

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:
        """The schema without titles, which repeat the names and cost a model's context."""
        untitled = _untitled(super().model_json_schema(*arguments, **options))
        assert isinstance(untitled, dict)
        return untitled


class Mention(Said):
    """One figure in words. The prompt explains the fields once for all tools: ``item`` names what
    is asked for ('' is the whole budget), ``unit`` one of the department's units."""

    item: str = Field(default="", max_length=_MAX_WORDS)
    unit: str = Field(default="", max_length=_MAX_WORDS)
    department: str = Field(default="", max_length=_MAX_WORDS)
    year: int | None = None
    aspect: Literal["amount", "change", "change_rate"] = "amount"

    @model_validator(mode="before")
    @classmethod
    def _just_its_name(cls, said: object) -> object:
        return {"item": said} if isinstance(said, str) else said


class MentionedGroup(Said):
    """The members of one axis in words: ``item`` is the figure that each has."""

    axis: Axis
    item: Mention
    level: int | None = None
    within: str = Field(default="", max_length=_MAX_WORDS)
    members: tuple[str, ...] = Field(default=(), max_length=40)


class Owned(Said):
    """Whose document is meant, where a plan names a disclosure."""

    department: str = Field(default="", max_length=_MAX_WORDS)
    year: int | None = None


#: What of a plan a model does not say: it follows from the words.
_FOLLOWING = frozenset({"op", "table_ids"})
_OWNERS = frozenset({"disclosure_id", "disclosure_ids"})


@cache
def arguments_of(kind: type[PlanModel]) -> type[Said]:
    """The model of the arguments for a plan class."""
    fields: dict[str, Any] = {}
    base: type[Said] = Said
    for name, field in kind.model_fields.items():
        if name in _OWNERS:
            base = Owned
        elif name not in _FOLLOWING:
            default = ... if field.is_required() else field.get_default(call_default_factory=True)
            fields[name] = (
                said_type(field.annotation),
                Field(default=default, description=field.description),
            )
    model = create_model(f"{kind.__name__}Arguments", __base__=base, **fields)
    model.__doc__ = kind.__doc__
    return model


def said_type(annotation: Any) -> Any:
    """An annotation of a plan with members replaced by words for them."""
    if annotation is Selector:
        return Mention
    if annotation is Group:
        return MentionedGroup
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return Union[tuple(said_type(choice) for choice in inner)]  # noqa: UP007  # built at run time
    if origin is tuple:
        return tuple[said_type(inner[0]), ...]  # type: ignore[misc]  # built at run time
    return annotation


def mentions(arguments: BaseModel) -> Iterator[Mention]:
    """Every mention inside the arguments."""
    for name in type(arguments).model_fields:
        value = getattr(arguments, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Mention):
                yield part
            elif isinstance(part, BaseModel):
                yield from mentions(part)


def _untitled(schema: object) -> object:
    """Titles and the docstrings of models taken out; descriptions of fields stay."""
    if isinstance(schema, dict):
        documented = "properties" in schema
        return {
            key: _untitled(value)
            for key, value in schema.items()
            if not (
                isinstance(value, str) and (key == "title" or (key == "description" and documented))
            )
        }
    return [_untitled(part) for part in schema] if isinstance(schema, list) else schema
