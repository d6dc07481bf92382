"""Text as the console's routes accept it: what a store takes."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError


def _storable(text: str) -> str:
    """Neither NUL nor half of a surrogate pair, which UTF-8 lacks."""
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("not_text", "{reason}", {"reason": "含有空字符或不完整的字符"})
    return text


Text = Annotated[str, AfterValidator(_storable)]
#: A search term or name.
Short = Annotated[Text, Field(max_length=200)]
#: A reply, a note, an approved wording.
Long = Annotated[Text, Field(max_length=8000)]
#: A question as it is asked.
Question = Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]
