"""Which slots an answer shows that it understood, and how they compare with what was meant."""

from __future__ import annotations

import re

from eval.cases import Slot
from qa_service.answering.answer import Answer

_YEAR = re.compile(r"(?:19|20)\d{2}")


def shown_slots(answer: Answer) -> dict[Slot, str]:
    """Slots that can be read off the answer itself: its operation, and the department and year of
    the disclosure that it cites first."""
    slots: dict[Slot, str] = {}
    if answer.figures:
        slots[Slot.OPERATION] = answer.figures[0].derivation.operation.value
    if answer.citations:
        title = answer.citations[0].disclosure
        slots[Slot.DEPARTMENT] = title
        if year := _YEAR.search(title):
            slots[Slot.YEAR] = year[0]
    return slots


def slot_matches(slot: Slot, wanted: str, given: str) -> bool:
    """Whether a slot was filled as meant; a department is meant by a part of its title."""
    return wanted in given if slot is Slot.DEPARTMENT else wanted == given
