"""The index of the release in force, built once for each release."""

from __future__ import annotations

from threading import Lock

from qa_service.service import AnswerService
from qa_service.typeahead.entries import entries_of
from qa_service.typeahead.index import NameIndex


class CurrentNames:
    """Gives the index of the release in force. Safe to call from several threads."""

    def __init__(self, service: AnswerService) -> None:
        self._service = service
        self._building = Lock()
        self._release = ""
        self._index = NameIndex(())

    def index(self) -> NameIndex:
        """The index; while one thread builds a new release's, the others use the last one."""
        library = self._service.library()
        if library is None:
            return NameIndex(())
        if library.release_id != self._release and self._building.acquire(
            blocking=not self._release
        ):
            try:
                if library.release_id != self._release:
                    self._index = NameIndex(entries_of(library))
                    self._release = library.release_id
            finally:
                self._building.release()
        return self._index
