"""Links from an answer to its evidence on the document page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from qa_service.answering.answer import Citation


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of documents. ``base`` is the service's public address without a final slash; ''
    gives paths."""

    base: str = ""

    def disclosure(self, disclosure_id: str, place: str | None = None) -> str:
        """The document's page, at the table or passage of that id where one is given."""
        fragment = f"#{quote(place, safe='')}" if place else ""
        return f"{self.base}/d/{quote(disclosure_id, safe='')}{fragment}"

    def citation(self, citation: Citation) -> str:
        """Where a piece of evidence stands."""
        return self.disclosure(citation.disclosure_id, citation.table_id or citation.passage_id)
