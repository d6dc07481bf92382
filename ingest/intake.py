"""From sources to documents: each content read once, by all cores, and never read again."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256

from disclosure.store.codec import pack_document
from disclosure.store.sources import Sources
from disclosure.store.workspace import Held, Workspace
from ingest.errors import IngestError, UnreadableFile
from ingest.grouping import Seen, look_at
from ingest.pool import run_all
from ingest.program import program
from ingest.progress import Progress
from ingest.readers import read_document
from ingest.report import FileReport, Taken
from ingest.sources import SourceItem

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Intake:
    """The documents to interpret, their blocks left in the workspace, and the files that are dealt
    with already: repeated in this run, held since an earlier one, or unreadable. ``names`` are all
    files in order; ``seconds`` is what each document took to read, by name."""

    documents: list[Seen] = field(default_factory=list)
    settled: list[FileReport] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a worker process sends back of one file: the document in bytes, and what it saw of it;
    or an error."""

    name: str
    seconds: float
    packed: bytes = b""
    seen: Seen | None = None
    error: IngestError | None = None


def take_in(
    items: Iterable[SourceItem],
    workspace: Workspace,
    sources: Sources,
    in_force: frozenset[str],
    progress: Progress,
    workers: int,
) -> Intake:
    """Read what is new, and keep the files. ``in_force`` holds the digests of the bundles that are
    served now."""
    intake = Intake()
    progress.stage("读取文件", None)
    unread = _unread(items, workspace, sources, in_force, progress, intake)
    for outcome in run_all(_read, unread, _crashed, workers):
        progress.advance()
        intake.seconds[outcome.name] = outcome.seconds
        if outcome.seen is not None:
            sha = outcome.seen.document.sha256
            workspace.keep_document(sha, outcome.name, outcome.packed, program())
            intake.documents.append(outcome.seen)
        else:
            intake.settled.append(_refused(outcome.name, outcome.error, outcome.seconds))
    return intake


def _unread(
    items: Iterable[SourceItem],
    workspace: Workspace,
    sources: Sources,
    in_force: frozenset[str],
    progress: Progress,
    intake: Intake,
) -> Iterator[SourceItem]:
    """The files that have to be read; what needs no reading goes straight to ``intake``."""
    known = workspace.known_sources(program())
    seen: dict[str, str] = {}
    for given in items:
        item = replace(given, name=_distinct(given.name, intake.names))
        intake.names.append(item.name)
        sha = sha256(item.data).hexdigest()
        if item.error is not None:
            intake.settled.append(_refused(item.name, item.error))
            progress.advance()
            continue
        # Before it is known whether it is a disclosure; ``keep_only`` drops the others.
        sources.keep(sha, item.data)
        if sha in seen:
            reason = f"与《{seen[sha]}》内容完全相同，只取一份"
            intake.settled.append(FileReport(item.name, Taken.DUPLICATE, reason=reason))
        elif version := known.get(sha):
            intake.settled.append(_held(item.name, sha, version, in_force))
        elif document := workspace.document(sha, item.name, program()):
            intake.documents.append(look_at(document).without_blocks())
        else:
            seen[sha] = item.name
            yield item
            continue
        seen.setdefault(sha, item.name)
        progress.advance()


def _distinct(name: str, taken: list[str]) -> str:
    """Files of one name from several folders are told apart: locators quote the name."""
    number, distinct = 1, name
    while distinct in taken:
        number += 1
        distinct = f"{name}（{number}）"
    return distinct


def _held(name: str, sha: str, version: Held, in_force: frozenset[str]) -> FileReport:
    if sha not in version.sources:
        reason = f"已有同一公开文件的第{version.version}版，取那一版"
        return FileReport(name, Taken.DUPLICATE, version.disclosure_id, reason)
    if version.disclosure_id in in_force:
        return FileReport(name, Taken.DUPLICATE, version.disclosure_id, "已经导入过")
    # A run that was killed before it published left it here: it is taken now.
    return FileReport(name, Taken.TAKEN, version.disclosure_id)


def _refused(name: str, error: IngestError | None, seconds: float = 0.0) -> FileReport:
    return FileReport(name, Taken.REFUSED, reason=str(error), seconds=seconds)


def _read(item: SourceItem) -> _Outcome:
    start = time.perf_counter()
    packed, seen, error = b"", None, None
    try:
        document = read_document(item.name, item.data)
        packed, seen = pack_document(document), look_at(document).without_blocks()
    except IngestError as problem:
        error = problem
    except Exception:
        # A library failed in a way that no reader foresaw: that must not cost the other files.
        _LOG.exception("reading of %s failed", item.name)
        error = UnreadableFile("读取时程序出错，文件可能已损坏", item.name)
    return _Outcome(item.name, time.perf_counter() - start, packed, seen, error)


def _crashed(item: SourceItem) -> _Outcome:
    error = UnreadableFile("读取时程序异常终止，文件可能已损坏或过大", item.name)
    return _Outcome(item.name, 0.0, error=error)
