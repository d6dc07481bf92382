"""Which servers hold releases: PostgreSQL and Chroma by URL, each embedded where none is given."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from disclosure.store.errors import StoreError

_DATABASE, _CHROMA = "BUDGET_QA_DATABASE_URL", "BUDGET_QA_CHROMA_URL"


@dataclass(frozen=True, slots=True)
class Servers:
    """``database_url``: ``postgresql://user:password@host/name``; ``chroma_url``:
    ``http://host:8000``. Empty: files in the data directory."""

    database_url: str = ""
    chroma_url: str = ""

    def __post_init__(self) -> None:
        if self.database_url:
            postgres_url(self.database_url)
        if self.chroma_url:
            parts = urlsplit(self.chroma_url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise StoreError(
                    f"{_CHROMA}应为 http://主机:端口 或 https://主机:端口，"
                    f"现在的“{parts.scheme}://…”不是。请改正，或清空以使用内置向量库。"
                )


#: Everything in files of the data directory.
EMBEDDED = Servers()


def postgres_url(text: str) -> URL:
    """A PostgreSQL URL with the driver that is installed. Raises ``StoreError`` for any other;
    the message never shows the password."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreError(
            f"{_DATABASE}不是数据库地址。应为 postgresql://用户:密码@主机/库名；"
            "清空则使用数据目录中的文件。"
        ) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreError(
            f"{_DATABASE}只支持PostgreSQL，现在是“{url.get_backend_name()}”。"
            "应为 postgresql://用户:密码@主机/库名；清空则使用数据目录中的文件。"
        )
    return url.set(drivername="postgresql+psycopg")
