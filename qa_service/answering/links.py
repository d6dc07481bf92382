"""Addresses of an answer's evidence, as programs outside this site need them."""

from __future__ import annotations

from dataclasses import dataclass

from qa_service.answering.answer import Citation
from qa_service.paths import document_path


@dataclass(frozen=True, slots=True)
class Links:
    """``base`` is the service's public address without a final slash; '' gives paths."""

    base: str = ""

    def disclosure(self, disclosure_id: str, anchor: str = "") -> str:
        """The document's page, at the table or passage of that id where one is given."""
        return self.base + document_path(disclosure_id, anchor=anchor)

    def citation(self, citation: Citation) -> Citation:
        """The citation with the address that shows it."""
        place = citation.table_id or citation.passage_id or ""
        path = citation.url or document_path(citation.disclosure_id, anchor=place)
        return citation.model_copy(update={"url": self.base + path})
