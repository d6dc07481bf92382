"""Units under the keys that facts carry."""

from __future__ import annotations

from ingest.tables.units import UnitNames


def test_a_name_torn_by_a_page_break_is_one_unit() -> None:
    names = UnitNames("某市发展和改革委员会")
    for name in ("某市价格认证中心", "某市发展和改革委", "员会（本级）", "某市粮食储备中心"):
        names.add("", name)
    whole = "某市发展和改革委员会（本级）"
    assert [unit.name for unit in names.units()] == ["某市价格认证中心", "某市粮食储备中心"]
    keys = {names.key("", name) for name in ("某市发展和改革委", "员会（本级）", whole)}
    assert keys == {whole}
