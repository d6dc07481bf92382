"""Where releases keep their vectors: a Chroma directory each, or a collection each on a server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol, TypeVar, cast
from urllib.parse import unquote, urlsplit

from disclosure.store.errors import StoreError
from disclosure.store.files import copy_directory
from disclosure.store.place import Place
from disclosure.store.vectors import VectorStore, close_client

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.config import Settings

T = TypeVar("T")

CHROMA = "chroma"
#: The collection's name inside an embedded directory, which holds one release only.
_EMBEDDED_COLLECTION = "passages"
_PORTS = {"http": 80, "https": 443}


class VectorsHome(Protocol):
    """Makes, opens and drops the vectors of releases. Chroma takes more than a second to import,
    so nothing here imports it before a store is opened."""

    def copy(self, source: Place, target: Place) -> None:
        """Let a release that is about to be built start as a copy."""
        ...

    def build(self, place: Place) -> VectorStore:
        """A collection to write to, empty or copied."""
        ...

    def read(self, place: Place) -> VectorStore:
        """A published collection."""
        ...

    def keep_only(self, releases: Collection[str]) -> None:
        """Drop what other releases left."""
        ...


class EmbeddedVectors:
    """A Chroma directory inside each release's directory."""

    def copy(self, source: Place, target: Place) -> None:
        copy_directory(source.directory / CHROMA, target.directory / CHROMA)

    def build(self, place: Place) -> VectorStore:
        return self._open(place, create=True)

    def read(self, place: Place) -> VectorStore:
        if not (place.directory / CHROMA).is_dir():
            raise StoreError(
                f"已发布的向量不在“{place.directory}”中：它们在导入时所用的那台机器上。"
                "请在各台机器上设置 BUDGET_QA_CHROMA_URL，再运行一次 budget-qa ingest。"
            )
        return self._open(place, create=False)

    def keep_only(self, releases: Collection[str]) -> None:
        """Nothing to do: vectors go with their directory."""

    @staticmethod
    def _open(place: Place, create: bool) -> VectorStore:
        import chromadb

        client = chromadb.PersistentClient(str(place.directory / CHROMA), settings=_settings())
        return VectorStore(cast("Client", client), _EMBEDDED_COLLECTION, create)


class ChromaServer:
    """A collection for each release on a Chroma server.

    Its name begins with this installation's own: several may share a server. ``installation`` is
    asked for at the first use.
    """

    def __init__(self, url: str, installation: Callable[[], str]) -> None:
        self._url = urlsplit(url)
        self._installation = installation

    def copy(self, source: Place, target: Place) -> None:
        there, here = self.read(source), self.build(target)
        try:
            here.add_all(there)
        finally:
            here.close()
            there.close()

    def build(self, place: Place) -> VectorStore:
        return self._told(lambda: VectorStore(self._client(), self._name(place.part), True))

    def read(self, place: Place) -> VectorStore:
        return self._told(lambda: VectorStore(self._client(), self._name(place.part)))

    def keep_only(self, releases: Collection[str]) -> None:
        kept = {self._name(release) for release in releases}

        def drop() -> None:
            client = self._client()
            names = [c.name for c in client.list_collections()]
            for name in names:
                if name.startswith(self._name("")) and name not in kept:
                    client.delete_collection(name)
            close_client(client)

        self._told(drop)

    def _name(self, release: str) -> str:
        return f"budget-qa-{self._installation()}-{release}"

    def _client(self) -> Client:
        import chromadb

        url = self._url
        headers = {}
        if url.username:  # a reverse proxy's; the server itself knows no users
            user = f"{unquote(url.username)}:{unquote(url.password or '')}"
            headers["Authorization"] = f"Basic {b64encode(user.encode()).decode()}"
        client = chromadb.HttpClient(
            host=str(url.hostname),
            port=url.port or _PORTS[url.scheme],
            ssl=url.scheme == "https",
            headers=headers,
            settings=_settings(),
        )
        return cast("Client", client)

    def _told(self, work: Callable[[], T]) -> T:
        """``work``, its failure to reach the server told in Chinese."""
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            return work()
        except (ChromaError, HTTPError, ValueError) as error:
            raise StoreError(
                f"向量库服务 {self._url.scheme}://{self._url.hostname}:{self._url.port or ''} "
                f"用不了：{error}。请检查 BUDGET_QA_CHROMA_URL 和Chroma服务。"
            ) from error


def _settings() -> Settings:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)
