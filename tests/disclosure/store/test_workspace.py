"""What ingest remembers between runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from disclosure.document import Document, Locator, Paragraph
from disclosure.store.codec import pack_document, unpack_document
from disclosure.store.workspace import Workspace
from tests.disclosure.store.samples import sample


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "data" / "workspace.sqlite") as held:
        yield held


def document(name: str, sha256: str) -> Document:
    paragraph = Paragraph("第一部分 概况", Locator(name, line=1))
    return Document(name, "text/plain", sha256, (paragraph,))


def keep(workspace: Workspace, document: Document) -> None:
    workspace.keep_document(document.sha256, document.file, pack_document(document), "v1")


def test_a_document_is_kept_by_content_name_and_program(workspace: Workspace) -> None:
    keep(workspace, document("甲.txt", "aa"))
    assert workspace.document("aa", "甲.txt", "v1") == document("甲.txt", "aa")
    assert workspace.document("aa", "乙.txt", "v1") is None
    assert workspace.document("aa", "甲.txt", "v2") is None
    packed = workspace.packed_document("aa", "甲.txt")
    assert unpack_document(packed) == document("甲.txt", "aa")
    with pytest.raises(KeyError):
        workspace.packed_document("aa", "乙.txt")


def test_the_documents_of_a_disclosure_are_found_by_their_hashes(workspace: Workspace) -> None:
    for name, sha256 in (("甲.txt", "bb"), ("乙.txt", "aa"), ("丙.txt", "aa")):
        keep(workspace, document(name, sha256))
    assert [d.sha256 for d in workspace.documents_of({"bb", "aa", "none"})] == ["aa", "bb"]


def test_a_new_version_becomes_current_and_the_old_one_history(workspace: Workspace) -> None:
    old = sample(amount="1.00")
    new = replace(sample(amount="2.00"), disclosure=replace(old.disclosure, version=2))
    workspace.keep_bundle(old, "v1")
    workspace.keep_bundle(new, "v1")
    assert [(h.version, h.current) for h in workspace.versions()] == [(1, False), (2, True)]
    assert workspace.bundle(old.disclosure.id) == new
    assert workspace.bundle(old.disclosure.id, 1) == old


def test_a_retired_disclosure_is_history_only(workspace: Workspace) -> None:
    bundle = sample()
    workspace.keep_bundle(bundle, "v1")
    assert workspace.retire(bundle.disclosure.id)
    assert not workspace.retire(bundle.disclosure.id)
    assert [h.current for h in workspace.versions(bundle.disclosure.id)] == [False]
    with pytest.raises(KeyError):
        workspace.bundle(bundle.disclosure.id)


def test_it_is_read_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with Workspace(path) as first:
        first.keep_bundle(sample(), "v1")
    with Workspace(path) as second:
        assert second.bundle("渔业局-2031") == sample()
