"""From files to bundles: one disclosure each, with tables, facts, passages and their ids."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from disclosure.model import (
    ALL,
    Aspect,
    Bundle,
    Coordinates,
    Kind,
    Level,
    Measure,
    PassageKind,
)
from ingest.assemble import assemble, disclosure_id_of, own_names
from ingest.identity import identify
from ingest.readers import read_document
from tests.ingest.small import disclosure_text, narrative_text, tables_text
from tests.support.narration import document


def _bundle(*texts: str) -> Bundle:
    assembly = assemble([read_document(f"{i}.txt", text.encode()) for i, text in enumerate(texts)])
    assert assembly.refusals == ()
    (bundle,) = assembly.bundles
    return bundle


@cache
def _small() -> Bundle:
    return _bundle(disclosure_text())


def test_a_bundle_says_whose_it_is() -> None:
    disclosure = _small().disclosure
    assert (disclosure.department, disclosure.code) == ("临海市渔业局", "777")
    assert (disclosure.year, disclosure.kind) == (2031, Kind.BUDGET)
    assert (disclosure.level, disclosure.version) == (Level.DEPARTMENT, 1)
    assert disclosure.title == "临海市渔业局2031年部门预算"
    assert [file.name for file in disclosure.files] == ["0.txt"]
    assert _small().findings == ()


def test_figures_of_tables_and_of_sentences_meet_at_the_same_coordinates() -> None:
    at = Coordinates(fund="general")
    origins = {
        fact.origin
        for fact in _small().facts
        if fact.measure is Measure.REVENUE and fact.coordinates == at
    }
    assert {"cell", "sentence"} <= origins


def test_last_years_figures_are_derived() -> None:
    derived = [f for f in _small().facts if f.origin == "derived" and f.aspect is Aspect.PRIOR]
    totals = [f for f in derived if f.coordinates == Coordinates()]
    assert {(f.measure, f.value) for f in totals} == {
        (Measure.REVENUE, Decimal("190.00")),
        (Measure.EXPENDITURE, Decimal("190.00")),
    }
    ids = {f.id for f in _small().facts}
    assert all(set(f.inputs) <= ids for f in derived)


def test_every_id_is_unique_and_every_reference_leads_somewhere() -> None:
    bundle = _small()
    ids = [f.id for f in bundle.facts] + [p.id for p in bundle.passages]
    ids += [t.id for t in bundle.tables]
    assert len(ids) == len(set(ids))
    passages = {p.id for p in bundle.passages}
    tables = {t.id for t in bundle.tables}
    for fact in bundle.facts:
        assert fact.disclosure_id == bundle.disclosure.id
        assert fact.passage_id is None or fact.passage_id in passages
        assert fact.table_id is None or fact.table_id in tables


def test_figures_of_sentences_point_into_their_passage() -> None:
    bundle = _small()
    texts = {p.id: p.text for p in bundle.passages}
    for fact in bundle.facts:
        if fact.origin != "sentence" or fact.printed == "无":
            continue
        assert fact.passage_id is not None
        start, end = fact.locator.start, fact.locator.end
        assert texts[fact.passage_id][start:end] == fact.printed


def test_the_same_content_gives_the_same_bundle_whatever_the_file_is_called() -> None:
    one = _bundle(disclosure_text())
    renamed = assemble([read_document("别名.txt", disclosure_text().encode())]).bundles[0]
    assert one == _small()
    assert renamed.disclosure.id == one.disclosure.id
    assert [f.id for f in renamed.facts] == [f.id for f in one.facts]
    assert [p.id for p in renamed.passages] == [p.id for p in one.passages]


def test_a_split_disclosure_is_the_same_as_a_whole_one() -> None:
    split = _bundle(narrative_text(), tables_text())
    whole = _small()
    assert split.disclosure.id == whole.disclosure.id
    assert len(split.disclosure.files) == 2

    def content(bundle: Bundle) -> set[tuple[object, ...]]:
        return {(f.measure, f.aspect, f.coordinates, f.value, f.origin) for f in bundle.facts}

    assert content(split) == content(whole)


def test_departments_do_not_leak_into_each_other() -> None:
    both = assemble(
        [
            read_document("a.txt", disclosure_text("渔业局", total="200.00").encode()),
            read_document("b.txt", disclosure_text("林业局", total="300.00").encode()),
        ]
    )
    assert len({b.disclosure.id for b in both.bundles}) == 2
    alone = {b.disclosure.department: b for b in both.bundles}["临海市渔业局"]
    assert len(alone.facts) == len(_small().facts)
    assert {f.value for f in alone.facts} == {f.value for f in _small().facts}


def test_the_only_unit_is_the_whole_disclosure() -> None:
    lines = disclosure_text().splitlines(keepends=True)
    lone = _bundle("".join(line for line in lines if not line.startswith("777001")))
    assert [unit.key for unit in lone.disclosure.units] == ["777"]
    assert {fact.coordinates.unit for fact in lone.facts} == {ALL}


def test_tables_keep_the_labels_and_titles_printed_above_them() -> None:
    assert [table.name for table in _small().tables] == [
        "表1《部门收支总体情况表》",
        "表2《部门收入总体情况表》",
        "表3《部门支出总体情况表》",
        "表4《财政拨款收支总体情况表》",
        "表5《一般公共预算支出情况表》",
    ]


def test_zeros_in_words_that_a_figure_contradicts_count_less() -> None:
    text = disclosure_text().replace("没有安排政府性基金预算支出", "没有安排一般公共预算支出")
    contradicted = [f for f in _bundle(text).facts if f.printed == "无"]
    assert [f.confidence for f in contradicted] == [0.4]
    assert [f.confidence for f in _small().facts if f.printed == "无"] == [1.0]


def test_reasons_and_duties_are_passages() -> None:
    kinds = {p.kind for p in _small().passages}
    assert {PassageKind.DUTY, PassageKind.REASON} <= kinds
    reason = next(p for p in _small().passages if p.kind is PassageKind.REASON)
    assert "渔政执法船" in reason.text


def test_what_is_missing_is_remarked() -> None:
    narrative_only = _bundle(narrative_text())
    assert narrative_only.disclosure.remarks == ("没有找到报表，只有文字说明",)
    assert _small().disclosure.remarks == ()


def test_refused_files_do_not_stop_the_others() -> None:
    assembly = assemble(
        [
            read_document("好.txt", disclosure_text().encode()),
            read_document("坏.txt", "关于印发资金管理办法的通知\n\n各单位：请遵照执行。".encode()),
        ]
    )
    assert [b.disclosure.department for b in assembly.bundles] == ["临海市渔业局"]
    assert [r.file for r in assembly.refusals] == ["坏.txt"]


def test_ids_of_disclosures_tell_body_year_kind_and_level_apart() -> None:
    titles = (
        "柳州市水务局2026年部门预算",
        "柳州市水务局2025年部门预算",
        "柳州市水务局2026年部门决算",
        "柳州市水务局2026年单位预算",
        "南宁市水务局2026年部门预算",
    )
    ids = [disclosure_id_of(identify(document(title, "目录"))) for title in titles]
    assert len(set(ids)) == len(titles)
    again = identify(document("2026年度柳州市水务局部门预算", "目录"))
    assert disclosure_id_of(again) == ids[0]


def test_a_department_speaks_of_itself_by_several_names() -> None:
    names = own_names(identify(document("深圳市水务局2026年部门预算", "目录")))
    assert {"深圳市水务局", "水务局", "市水务局", "深圳市水务局部门"} <= set(names)
