"""From documents to bundles: grouped by what they say, joined with what is held, versioned."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from disclosure.model import Bundle, Finding
from disclosure.store.codec import unpack_document
from disclosure.store.workspace import FEW_TABLES, Workspace
from ingest.assemble import build, compared_with, disclosure_id_of
from ingest.grouping import Group, Grouping, Seen, group_seen, look_at
from ingest.pool import run_all
from ingest.program import program
from ingest.progress import Progress
from ingest.report import DisclosureReport, FileReport, Taken, describe

_LOG = logging.getLogger(__name__)

#: Checks one disclosure (勾稽关系). It runs in worker processes, so it is a plain function.
Reconcile = Callable[[Bundle], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a run's documents came to."""

    files: tuple[FileReport, ...] = ()
    disclosures: tuple[DisclosureReport, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Built:
    """What a worker process sends back; ``bundle`` is None where it failed."""

    bundle: Bundle | None
    seconds: float


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker process is given: a disclosure's documents, their blocks packed apart."""

    group: Group
    packed: tuple[bytes, ...]

    def whole(self) -> Group:
        return replace(self.group, documents=tuple(map(unpack_document, self.packed)))


def interpret(
    documents: Sequence[Seen],
    workspace: Workspace,
    progress: Progress,
    workers: int,
    seconds: dict[str, float],
    reconcile: Reconcile,
) -> Interpretation:
    """Read the documents' disclosures and make them the workspace's current ones, which keeps the
    documents: no more of them are in memory than are being read.

    ``seconds`` is what reading each document took, by name.
    """
    grouping = _with_held_halves(group_seen(documents), documents, workspace)
    files = [
        FileReport(r.file, Taken.REFUSED, reason=f"{r.reason}。处理办法：{r.remedy}。")
        for r in grouping.refusals
    ]
    disclosures: list[DisclosureReport] = []
    progress.stage("解析表格和文字", len(grouping.groups))
    tasks = (_task(one, workspace) for one in grouping.groups)
    built = run_all(partial(_build, reconcile), tasks, _crashed, workers)
    for one, result in zip(grouping.groups, built, strict=True):
        progress.advance()
        if result.bundle is None:
            reason = "解析时程序出错，没有取用；请把该文件反馈给我们"
            files += [FileReport(d.file, Taken.REFUSED, reason=reason) for d in one.documents]
            continue
        bundle = _versioned(result.bundle, workspace)
        workspace.keep_bundle(bundle, program(), compared_with(bundle.disclosure))
        _retire_halves(bundle, workspace)
        names = [document.file for document in one.documents]
        spent = [seconds.get(name, 0.0) for name in names]
        files += [
            FileReport(name, Taken.TAKEN, bundle.disclosure.id, seconds=taken)
            for name, taken in zip(names, spent, strict=True)
        ]
        disclosures.append(describe(bundle, result.seconds + sum(spent)))
    files += _passed_over(documents, files, workspace)
    notes = dict.fromkeys((*grouping.notes, *(n for g in grouping.groups for n in g.notes)))
    return Interpretation(tuple(files), tuple(disclosures), tuple(notes))


def _task(one: Group, workspace: Workspace) -> _Task:
    packed = (workspace.packed_document(d.sha256, d.file) for d in one.documents)
    return _Task(one, tuple(packed))


def _build(reconcile: Reconcile, task: _Task) -> _Built:
    start = time.perf_counter()
    bundle: Bundle | None = None
    try:
        read = build(task.whole())
        # A passage printed twice is kept once: stores know a passage by its id.
        passages = tuple({p.id: p for p in read.passages}.values())
        bundle = replace(read, passages=passages, findings=reconcile(read))
    except Exception:
        # One document that no rule foresaw must not cost the others; its place is in the log.
        _LOG.exception("build of %s failed", [d.file for d in task.group.documents])
    return _Built(bundle, time.perf_counter() - start)


def _crashed(task: _Task) -> _Built:
    return _Built(None, 0.0)


def _with_held_halves(
    grouping: Grouping, documents: Sequence[Seen], workspace: Workspace
) -> Grouping:
    """Join files that are half a disclosure with the other half, where an earlier run left it."""
    refused = {r.file for r in grouping.refusals}
    alone = {g.documents[0].file for g in grouping.groups if len(g.documents) == 1}
    single = [seen for seen in documents if seen.document.file in alone]
    halves = {
        "narrative": [s for s in single if s.identity.narrative and s.identity.tables < FEW_TABLES],
        "tables": [
            *(s for s in single if not s.identity.narrative),
            *(s for s in documents if s.document.file in refused),
        ],
    }
    new = {seen.document.sha256 for seen in documents}
    joined: list[Group] = []
    held = workspace.versions()
    for half, loose in halves.items():
        others = [
            look_at(document).without_blocks()
            for version in held
            if loose and version.current and version.lacks == half
            for document in workspace.documents_of(version.sources)
            if document.sha256 not in new
        ]
        if others:
            for one in group_seen([*loose, *others]).groups:
                known = {d.sha256 in new for d in one.documents}
                joined += [one] if known == {True, False} else []
    taken = {d.file for one in joined for d in one.documents}
    rest = [g for g in grouping.groups if not taken & {d.file for d in g.documents}]
    refusals = tuple(r for r in grouping.refusals if r.file not in taken)
    return Grouping((*rest, *joined), refusals, grouping.notes)


def _versioned(bundle: Bundle, workspace: Workspace) -> Bundle:
    """Number a bundle: files seen before, with or without more files, keep their version's number;
    other files for the same disclosure are a correction and supersede it."""
    disclosure = bundle.disclosure
    history = workspace.versions(disclosure.id)
    sources = {f.sha256 for f in disclosure.files}
    same = [v for v in history if v.sources <= sources]
    newest = max((v.version for v in history), default=0)
    version = same[-1].version if same else newest + 1
    before = [v.version for v in history if v.version < version]
    if not before:
        return replace(bundle, disclosure=replace(disclosure, version=version))
    names = "、".join(
        f"《{f.name}》" for f in workspace.bundle(disclosure.id, before[-1]).disclosure.files
    )
    remark = f"这是第{version}版，取代了此前由{names}导入的第{before[-1]}版"
    return replace(
        bundle,
        disclosure=replace(
            disclosure,
            version=version,
            supersedes=f"{disclosure.id}@{before[-1]}",
            remarks=(*disclosure.remarks, remark),
        ),
    )


def _retire_halves(bundle: Bundle, workspace: Workspace) -> None:
    """A half that was a disclosure of its own under another identity is part of this one now."""
    sources = {f.sha256 for f in bundle.disclosure.files}
    if len(sources) < 2:
        return  # it has no half
    for version in workspace.versions():
        if (
            version.current
            and version.sources < sources
            and version.disclosure_id != bundle.disclosure.id
        ):
            workspace.retire(version.disclosure_id)


def _passed_over(
    documents: Sequence[Seen], settled: Sequence[FileReport], workspace: Workspace
) -> list[FileReport]:
    """Files of which a fuller one says the same: remembered, so that they are not taken later for
    a correction of it."""
    done = {f.name for f in settled}
    passed: list[FileReport] = []
    for seen in documents:
        document = seen.document
        if document.file not in done:
            disclosure_id = disclosure_id_of(seen.identity)
            workspace.pass_over(document.sha256, disclosure_id)
            reason = "同一份公开文件另有内容更全的，已取那一份"
            passed.append(FileReport(document.file, Taken.DUPLICATE, disclosure_id, reason))
    return passed
