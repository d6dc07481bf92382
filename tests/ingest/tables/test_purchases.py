"""Tables of purchases in the ways that departments group them: which rows are sums over others,
and what each figure is of."""

from __future__ import annotations

import pytest

from tests.ingest.tables.build import facts, grid

#: Each table with its figures: what is printed → is it a sum over other rows, its coordinates.
CASES: dict[str, tuple[str, dict[str, tuple[bool, dict[str, str]]]]] = {
    "kinds over units over items": (
        """
        采购品目大类 | 专项名称 | 采购品目名称 | 采购组织形式 | 总计
        合计 | | | | 60.01
        货物 | | | | 30.02
        某局本级 | | | | 10.03
         | 办公费用 | 复印纸 | 集中采购 | 10.04
        某中心 | | | | 20.05
         | 设备更新 | 台式机 | 分散采购 | 20.06
        服务 | | | | 30.07
        某局本级 | | | | 30.08
         | 后勤保障 | 物业管理服务 | 分散采购 | 30.09
        """,
        {
            "60.01": (True, {}),
            "30.02": (True, {"procurement_kind": "goods"}),
            "10.03": (True, {"procurement_kind": "goods", "unit": "101001"}),
            "10.04": (
                False,
                {
                    "procurement_kind": "goods",
                    "procurement_mode": "centralised",
                    "unit": "101001",
                    "project": "办公费用",
                    "item": "复印纸",
                },
            ),
            "20.05": (True, {"procurement_kind": "goods", "unit": "101002"}),
            "30.07": (True, {"procurement_kind": "services"}),
            "30.08": (True, {"procurement_kind": "services", "unit": "101001"}),
        },
    ),
    "units over kinds over items": (
        """
        单位名称 | 采购类别 | 采购品目名称 | 预算金额
        合计 | | | 60.01
        某局本级 | | | 40.02
         | 货物 | | 10.03
         | | 复印纸 | 10.04
         | 服务 | | 30.05
         | | 物业管理服务 | 30.06
        某中心 | | | 20.07
         | 货物 | | 20.08
         | | 台式机 | 20.09
        """,
        {
            "60.01": (True, {}),
            "40.02": (True, {"unit": "101001"}),
            "10.03": (True, {"unit": "101001", "procurement_kind": "goods"}),
            "30.05": (True, {"unit": "101001", "procurement_kind": "services"}),
            "30.06": (
                False,
                {"unit": "101001", "procurement_kind": "services", "item": "物业管理服务"},
            ),
            "20.07": (True, {"unit": "101002"}),
            "20.08": (True, {"unit": "101002", "procurement_kind": "goods"}),
            "20.09": (False, {"unit": "101002", "procurement_kind": "goods", "item": "台式机"}),
        },
    ),
    "subtotals below the items of a kind": (
        """
        采购品目 | 采购项目 | 采购金额
        货物 | 打印机 | 1.01
        货物 | 台式机 | 2.02
        货物类小计 | | 3.03
        服务 | 物业 | 4.04
        服务小计 | | 4.05
        工程合计 | | 0.00
        合计 | | 7.08
        """,
        {
            "1.01": (False, {"procurement_kind": "goods", "project": "打印机"}),
            "3.03": (True, {"procurement_kind": "goods"}),
            "4.05": (True, {"procurement_kind": "services"}),
            "0.00": (True, {"procurement_kind": "works"}),
            "7.08": (True, {}),
        },
    ),
    "subtotals named after what they add up": (
        """
        采购项目 | 采购方式 | 采购金额
        打印机 | 集中采购 | 1.01
        硒鼓 | 集中采购 | 2.02
        办公用品小计 | | 3.03
        物业 | 分散采购 | 4.04
        政府采购合计 | | 7.07
        """,
        {
            "1.01": (False, {"project": "打印机"}),
            "3.03": (True, {"item": "办公用品小计"}),
            "7.07": (True, {}),
        },
    ),
    "totals beside the serial number": (
        """
        序号 | 采购内容 | 数量 | 预算金额
        1 | 打印机 | 3 | 1.01
        2 | 台式机 | 4 | 2.02
        小计 | | 7 | 3.03
         | 总 计 | 7 | 3.04
        """,
        {
            "1.01": (False, {"item": "打印机"}),
            "3.03": (True, {}),
            "3.04": (True, {}),
        },
    ),
    "kinds that nothing parts": (
        """
        采购类别 | 金额
        A-货物 | 1.01
        C-服务 | 2.02
        合计 | 3.03
        """,
        {
            "1.01": (False, {"procurement_kind": "goods"}),
            "2.02": (False, {"procurement_kind": "services"}),
            "3.03": (True, {}),
        },
    ),
}
#: Names both units.
UNITS = grid(
    """
    单位代码 | 单位名称 | 合计 | 基本支出 | 项目支出
    101001 | 某局本级 | 9.00 | 5.00 | 4.00
    101002 | 某中心 | 8.00 | 5.00 | 3.00
    """
)


@pytest.mark.parametrize("case", CASES)
def test_sums_over_purchases_are_no_items(case: str) -> None:
    printed, expected = CASES[case]
    found = facts("部门支出总表", UNITS, "政府采购预算表", grid(printed))
    for text, (total, axes) in expected.items():
        (fact,) = [f for f in found if f.printed == text and f.measure == "procurement"]
        said = {axis: str(member) for axis, member in fact.coordinates.narrowed().items()}
        assert (text, said) == (text, axes)
        assert (text, fact.total) == (text, total)
