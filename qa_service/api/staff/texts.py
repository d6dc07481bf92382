"""Text and ids as the console's routes accept them: what a store takes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field

from qa_service.api.requests import storable

Text = Annotated[str, AfterValidator(storable)]
#: A search term or name.
Short = Annotated[Text, Field(max_length=200)]
#: A reply, a note, an approved wording.
Long = Annotated[Text, Field(max_length=8000)]
#: A question as it is asked.
Question = Annotated[Text, Field(min_length=1, max_length=500, pattern=r"\S")]
#: The name of an account, and a password.
Name = Annotated[Text, Field(min_length=1, max_length=64)]
Password = Annotated[Text, Field(min_length=1, max_length=256)]
#: The number of a record, in a body and in an address.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
