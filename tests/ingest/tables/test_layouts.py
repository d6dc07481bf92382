"""Small tables in the layouts that cities use, each with what its figures must mean."""

from __future__ import annotations

from disclosure.model import Aspect, Kind, Measure, TableKind
from ingest.tables import TableContext, units_of
from tests.ingest.tables.build import at, document, facts, grid, tables


def test_unit_code_on_subject_rows_is_not_their_name() -> None:
    # 成都: 类 款 项, the unit's code on every row, names of units and subjects in one column.
    found = facts(
        "部门支出总表",
        grid(
            """
            科目编码 |  |  | 单位代码 | 单位名称（科目） | 合计 | 基本支出 | 项目支出
            类 | 款 | 项 |  |  |  |  |
             |  |  |  | 合计 | 30.00 | 21.00 | 9.00
             |  |  | 101301 | 某局本级 | 29.00 | 20.00 | 8.50
            201 | 01 | 01 | 101301 | 行政运行 | 28.00 | 19.00 | 8.00
            """
        ),
    )
    assert at(found, "28.00") == {"unit": "101301", "subject": "2010101"}
    assert at(found, "8.50") == {"unit": "101301", "kind": "project"}
    assert next(f for f in found if f.printed == "28.00").row_path == ("某局本级",)


def test_code_and_name_under_one_header() -> None:
    found = facts(
        "一般公共预算支出表",
        grid(
            """
            功能分类科目 |  | 本年预算数 |  |
            编码 | 名称 | 合计 | 基本支出 | 项目支出
            201 | 一般公共服务支出 | 12.00 | 10.00 | 2.00
            20101 | 人大事务 | 7.00 | 6.00 | 1.00
            """,
            spans={(0, 0): (1, 2), (0, 2): (1, 3)},
        ),
    )
    assert at(found, "6.00") == {"fund": "general", "subject": "20101", "kind": "basic"}
    assert next(f for f in found if f.printed == "12.00").total


def test_official_final_account_with_line_numbers() -> None:
    context = TableContext("d", "某局", 2024, kind=Kind.FINAL_ACCOUNT)
    found = facts(
        "收入支出决算总表",
        grid(
            """
            收入 |  |  | 支出 |  |
            项目 | 行次 | 金额 | 项目 | 行次 | 金额
            栏次 |  | 1 | 栏次 |  | 2
            一、一般公共预算财政拨款收入 | 1 | 80.00 | 一、一般公共服务支出 | 32 | 70.00
            八、其他收入 | 8 | 3.00 | 二、外交支出 | 33 |
            本年收入合计 | 27 | 83.00 | 本年支出合计 | 58 | 75.00
            年初结转和结余 | 29 | 2.00 | 年末结转和结余 | 60 | 10.00
            总计 | 31 | 85.00 | 总计 | 62 | 85.00
            """
        ),
        context=context,
    )
    assert {fact.printed for fact in found} == {
        "80.00",
        "70.00",
        "3.00",
        "83.00",
        "75.00",
        "2.00",
        "10.00",
        "85.00",
    }
    assert at(found, "80.00") == {"fund": "general", "carry": "current"}
    assert at(found, "70.00") == {"subject": "201"}
    assert at(found, "10.00") == {"carry": "carried_out"}
    assert all(fact.stage == "final" for fact in found)


def test_fund_table_of_a_final_account_by_column() -> None:
    context = TableContext("d", "某局", 2024, kind=Kind.FINAL_ACCOUNT)
    found = facts(
        "政府性基金预算财政拨款收入支出决算表",
        grid(
            """
            项目 |  | 年初结转和结余 | 本年收入 | 本年支出 |  |  | 年末结转和结余
            科目编码 | 科目名称 |  |  | 小计 | 基本支出 | 项目支出 |
            合计 |  | 1.00 | 9.00 | 8.00 | 3.00 | 5.00 | 2.00
            21208 | 国有土地使用权出让收入安排的支出 | 1.10 | 9.10 | 8.10 | 3.10 | 5.10 | 2.10
            """,
            spans={
                (0, 0): (1, 2),
                (0, 2): (2, 1),
                (0, 3): (2, 1),
                (0, 4): (1, 3),
                (0, 7): (2, 1),
            },
        ),
        context=context,
    )
    by_print = {fact.printed: fact for fact in found}
    assert by_print["9.10"].measure is Measure.REVENUE
    assert by_print["1.10"].measure is Measure.REVENUE
    assert by_print["8.10"].measure is Measure.EXPENDITURE
    assert at(found, "9.10")["carry"] == "current"
    assert at(found, "8.10") == {"fund": "government_fund", "subject": "21208"}
    assert at(found, "2.10")["carry"] == "carried_out"


def test_three_public_by_year_in_columns() -> None:
    found = facts(
        "一般公共预算“三公”经费支出情况表",
        "单位：万元",
        grid(
            """
            项目 | 2025年预算数 | 2026年预算数 | 增减额 | 增减（%）
            合计 | 10.00 | 9.00 | -1.00 | -10.00
            1.因公出国（境）费 | 2.00 | 1.50 | -0.50 | -25.00
            2.公务接待费 | 4.00 | 3.60 | -0.40 | -9.99
            """
        ),
    )
    by_print = {fact.printed: fact for fact in found}
    assert by_print["4.00"].aspect is Aspect.PRIOR
    assert by_print["4.00"].base == "2025年预算数"
    assert by_print["3.60"].aspect is Aspect.AMOUNT
    assert by_print["-0.40"].aspect is Aspect.CHANGE
    assert by_print["-9.99"].aspect is Aspect.CHANGE_RATE
    assert by_print["-9.99"].unit == "%"
    assert at(found, "3.60") == {"fund": "fiscal", "economic": "30217"}
    assert at(found, "9.00") == {"fund": "fiscal", "economic": "三公"}


def test_three_code_and_amount_blocks_in_a_row() -> None:
    context = TableContext("d", "某局", 2024, kind=Kind.FINAL_ACCOUNT)
    found = facts(
        "一般公共预算财政拨款基本支出决算表",
        grid(
            """
            人员经费 |  |  | 公用经费 |  |  |  |  |
            编码 | 科目名称 | 决算数 | 编码 | 科目名称 | 决算数 | 编码 | 科目名称 | 决算数
            301 | 工资福利支出 | 50.00 | 302 | 商品和服务支出 | 9.00 | 310 | 资本性支出 | 1.00
            30101 | 基本工资 | 20.00 | 30201 | 办公费 | 4.00 | 31002 | 办公设备购置 | 0.50
            """,
            spans={(0, 0): (1, 3), (0, 3): (1, 6)},
        ),
        context=context,
    )
    basic = {"fund": "general", "kind": "basic"}
    assert at(found, "20.00") == {**basic, "economic": "30101", "nature": "personnel"}
    assert at(found, "4.00") == {**basic, "economic": "30201", "nature": "public"}
    assert at(found, "0.50") == {**basic, "economic": "31002", "nature": "public"}


def test_things_counted_in_a_table_are_no_money() -> None:
    found = facts(
        "国有资产占有使用情况表",
        grid(
            """
            项目 | 数量 | 金额（万元）
            车辆（辆） | 4 | 80.00
            """
        ),
    )
    assert (found[0].measure, found[0].unit) == (Measure.COUNT, "辆")


def test_page_broken_table_is_joined_with_and_without_header() -> None:
    header = """
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
    """
    (table,) = tables(
        "支出总表",
        "单位：元",
        grid(header + "201 | 一般公共服务支出 | 5 | 3 | 2\n", page=1),
        "- 1 -",
        grid(header + "20101 | 人大事务 | 5 | 3 | 2\n", page=2),
        grid("2010101 | 行政运行 | 5 | 3 | 2\n", page=3),
        "注：本表单位为元。",
    )
    assert len(table.table.rows) == 3
    assert table.table.unit == "元"
    assert table.table.note == "注：本表单位为元。"
    assert [fact.locator.page for fact in table.facts if fact.header == ("合计",)] == [1, 2, 3]


def test_other_title_starts_another_table_with_the_same_header() -> None:
    header = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
    found = tables(
        "政府性基金预算支出表",
        grid(header + "合计 |  |  |  |"),
        "国有资本经营预算支出表",
        grid(header + "合计 |  |  |  |"),
        "注：本部门没有国有资本经营预算支出。",
    )
    assert [one.table.kind for one in found] == [
        TableKind.GOVERNMENT_FUND,
        TableKind.STATE_CAPITAL,
    ]
    assert all(one.table.empty and not one.facts for one in found)


def test_row_cut_by_a_page_break_is_mended() -> None:
    header = "单位名称 | 项目名称 | 预算数（万元） | 绩效目标\n"
    (table,) = tables(
        grid(
            header + "某局 | 甲项目 | 1.00 | 围绕全市中心工作，统筹推进各项任务，做好第一", page=1
        ),
        grid(" |  |  | 件工作。\n某局 | 乙项目 | 2.00 | 做好第二件工作。", page=2),
    )
    goals = [fact.text_value for fact in table.facts if fact.measure is Measure.TARGET]
    assert goals == [
        "围绕全市中心工作，统筹推进各项任务，做好第一件工作。",
        "做好第二件工作。",
    ]


def test_table_that_cannot_be_mapped_keeps_its_cells_but_gives_no_facts() -> None:
    (table,) = tables(grid(" | 12.00 | 7.00\n | 3.00 | 4.00\n某某 | 5.00 | 6.00"))
    assert table.table.confidence < 0.5
    assert table.table.weakness
    assert table.facts == ()
    assert table.table.rows[2] == ("某某", "5.00", "6.00")


def test_blank_is_no_fact_and_a_printed_zero_is_one() -> None:
    found = facts(
        "支出总表",
        grid(
            "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n201 | 一般公共服务支出 | 5 | 5 | \n"
        ),
    )
    assert len(found) == 2
    zero = facts(
        "支出总表",
        grid(
            "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n201 | 一般公共服务支出 | 5 | 5 | 0\n"
        ),
    )
    assert len(zero) == 3


def test_department_and_head_office_of_one_name_are_told_by_their_sums() -> None:
    found = facts(
        "收入总表",
        grid(
            """
            单位名称 | 总计 | 一般公共预算 | 其他收入
            合计 | 100.00 | 90.00 | 10.00
            某市某局 | 100.00 | 90.00 | 10.00
            某市某局 | 60.00 | 55.00 | 5.00
            某市某所 | 40.00 | 35.00 | 4.99
            """
        ),
    )
    assert at(found, "60.00") == {"unit": "某市某局"}
    whole = [fact.coordinates.unit for fact in found if fact.printed == "100.00"]
    assert whole == ["ALL", "ALL"]


def test_funds_beside_a_carry_over_hold_this_years_money() -> None:
    text = """
        项目名称 | 合计 | 一般公共预算 | 上年结转
        甲项目 | {whole} | 3.00 | {carried}
    """
    nil = facts("项目支出表", grid(text.format(whole="3.000", carried="0.00")))
    assert at(nil, "3.00") == {"project": "甲项目", "kind": "project", "fund": "general"}
    some = facts("项目支出表", grid(text.format(whole="5.00", carried="2.00")))
    assert at(some, "3.00")["carry"] == "current"
    assert "carry" not in at(some, "5.00")


def test_units_and_subjects_of_the_tables() -> None:
    members = units_of(
        [
            document(
                "支出总表",
                "部门名称：某市某局",
                grid(
                    """
                    科目编码 | 单位代码 | 单位名称(功能分类科目名称) | 合计 | 基本支出
                     | 101 | 某市某局 | 9.00 | 9.00
                     | 101001 | 某市某局 | 5.00 | 5.00
                    2010101 |  | 行政运行 | 5.00 | 5.00
                     | 101002 | 某市某所 | 4.00 | 4.00
                    """
                ),
            )
        ]
    )
    assert members.department_code == "101"
    assert members.department_name == "某市某局"
    assert members.owners == ("某市某局",)
    assert [(unit.key, unit.head_office) for unit in members.units] == [
        ("101001", True),
        ("101002", False),
    ]
    assert [(one.code, one.name, one.parent) for one in members.subjects] == [
        ("2010101", "行政运行", "20101")
    ]


def test_second_name_under_a_units_code_is_a_unit_of_its_own() -> None:
    found = facts(
        "收入总表",
        grid(
            """
            单位编码 | 单位名称 | 合计 | 上年结转
            101 | 某局 | 9.00 | 1.00
            101002 | 某局交通支队 | 5.00 | 0.50
            101002 | 某局交警支队 | 4.00 | 0.40
            """
        ),
    )
    assert at(found, "5.00") == {"unit": "101002"}
    assert at(found, "4.00") == {"unit": "某局交警支队"}


def test_tables_stacked_in_one_grid_are_parted() -> None:
    found = tables(
        grid(
            """
            表1 |  |  |  |
            支出总表 |  |  |  |
            科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
            201 | 一般公共服务支出 | 5 | 3 | 2
            科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
            204 | 公共安全支出 | 6 | 6 |
            表2 |  |  |  |
            一般公共预算支出表 |  |  |  | 单位：元
            科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
            201 | 一般公共服务支出 | 5 | 3 | 2
            """
        )
    )
    assert [(one.table.label, one.table.title, one.table.unit) for one in found] == [
        ("表1", "支出总表", "万元"),
        ("表2", "一般公共预算支出表", "元"),
    ]
    assert len(found[0].table.rows) == 2


def test_list_of_tables_is_one_table() -> None:
    found = tables(
        grid(
            """
            报表 | 报表名称 | 是否空表 | 理由
            表1 | 收支总表 |  |
            表2 | 收入总表 |  |
            表3 | 政府性基金收支表 | 是 | 不涉及
            """
        )
    )
    assert len(found) == 1


def test_department_below_the_sum_of_its_units_is_still_the_department() -> None:
    found = facts(
        "支出总表",
        grid(
            """
            预算单位 | 支出总计 | 基本支出 | 项目支出
            某市某局 | 90.00 | 50.00 | 40.00
            某市某局（本级） | 60.00 | 30.00 | 29.00
            某市某所 | 41.00 | 20.00 | 21.00
            """
        ),
    )
    assert at(found, "90.00") == {}
    assert at(found, "60.00") == {"unit": "某市某局（本级）"}


def test_economic_classes_as_columns() -> None:
    found = facts(
        "支出分类汇总表（按部门预算经济分类）",
        grid(
            """
            科目编码 | 科目名称 | 合计 | 工资福利支出 | 商品和服务支出 | 机关资本性支出
            2010101 | 行政运行 | 9.00 | 5.00 | 3.00 | 1.00
            """
        ),
    )
    assert at(found, "5.00") == {"subject": "2010101", "economic": "301"}
    assert at(found, "1.00") == {"subject": "2010101", "gov_economic": "503"}


def test_third_block_by_nature_and_economic_class() -> None:
    found = facts(
        "部门收支总表",
        grid(
            """
            收入 |  | 支出 |  |  |
            项目 | 预算数 | 项目（按功能分类） | 预算数 | 项目（按支出性质和经济分类） | 预算数
            一、财政拨款收入 | 9.00 | 一、一般公共服务支出 | 8.00 | 一、基本支出 | 7.00
            二、其他收入 | 1.00 | 二、外交支出 | 2.00 | 工资福利支出 | 6.00
             |  |  |  | 二、项目支出 | 3.00
            收入总计 | 10.00 | 支出总计 | 10.01 | 支出总计 | 10.02
            """,
            spans={(0, 0): (1, 2), (0, 2): (1, 4)},
        ),
    )
    assert at(found, "7.00") == {"kind": "basic"}
    assert at(found, "6.00") == {"kind": "basic", "economic": "301"}
    assert at(found, "3.00") == {"kind": "project"}
    assert at(found, "2.00") == {"subject": "202"}


def test_three_public_against_last_year_with_increase_and_decrease() -> None:
    found = facts(
        "财政拨款“三公”经费支出预算表",
        grid(
            """
            项目 | 本年年初预算数 | 上年年初预算数 | 本年比上年增、减情况 |
             |  |  | 增、减金额 | 增、减幅度
            合计 | 9.00 | 10.00 | -1.00 | -10.00%
            1.因公出国（境）费 | 2.00 | 2.10 | -0.10 | -4.76%
            2.公务接待费 | 3.00 | 3.10 | -0.11 | -3.23%
            """,
            spans={(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (2, 1), (0, 3): (1, 2)},
        ),
    )
    aspects = {fact.printed: fact.aspect for fact in found}
    assert aspects["3.00"] is Aspect.AMOUNT
    assert aspects["3.10"] is Aspect.PRIOR
    assert aspects["-0.11"] is Aspect.CHANGE
    assert aspects["-3.23%"] is Aspect.CHANGE_RATE


def test_form_of_a_whole_department() -> None:
    found = facts(
        "部门整体绩效目标表",
        grid(
            """
            部门（单位）名称 | 某市某局 | 部门支出预算数 | 120.50 |
            当年整体绩效目标 | 完成全年工作。 |  |  |
            绩效指标 | 指标名称 | 指标权重 | 计量单位 | 指标性质 | 指标值
             | 服务企业数 | 20 | 家 | ≥ | 30
            """
        ),
    )
    assert at(found, "120.50") == {}
    (target,) = [fact for fact in found if fact.indicator == "服务企业数"]
    assert (target.comparator, str(target.value), target.unit) == ("≥", "30", "家")


_DEPARTMENT_FORM = """
部门名称 |  | 某市某局 |  |  |  |  |  |
 | 整体绩效目标 | 完成全年工作。 |  |  |  |  |  |
 | 活动 |  | 绩效指标 |  | 指标性质 | 指标值 |  | 度量单位
 | 普法宣传 |  | 产出指标数量指标宣传活动场数 |  | ≥ | 30 |  | 场次
 |  |  |  |  |  |  |  |
"""


def test_next_page_of_a_form_that_is_parted_into_fewer_columns_stands_under_its_names() -> None:
    (table,) = tables(
        "部门整体支出绩效目标表",
        grid(_DEPARTMENT_FORM, page=1),
        grid(
            """
            整体绩效目标 |  |  |  |  |
             | 普法宣传 | 效益指标社会效益指标宣传效果 | 定性 | 优 |
             | 公共服务 | 产出指标质量指标按时办结率 | ＝ | 95 | %
             |  |  |  |  |
            """,
            page=2,
        ),
    )
    found = {fact.indicator: fact for fact in table.facts}
    assert found["宣传效果"].text_value == "优"
    assert found["宣传效果"].indicator_class == "社会效益指标"
    target = found["按时办结率"]
    assert (target.comparator, str(target.value), target.unit) == ("=", "95", "%")
    assert {line.page for line in table.table.row_locators} == {1, 2}


def test_columns_that_no_name_of_the_form_accounts_for_are_not_guessed() -> None:
    found = facts(
        "部门整体支出绩效目标表",
        grid(_DEPARTMENT_FORM, page=1),
        grid(
            """
            整体绩效目标 |  |  |
             | 产出指标质量指标按时办结率 | 95 | %
             |  |  |
            """,
            page=2,
        ),
    )
    assert [fact.indicator for fact in found if fact.value is not None] == ["宣传活动场数"]


def test_row_without_figures_at_the_top_of_a_page_is_a_row() -> None:
    (table,) = tables(
        "财政拨款收支总表",
        grid("收入 |  | 支出 |\n项目 | 预算数 | 项目 | 预算数\n |  | 十七、住房保障支出 | 5.00", 1),
        grid(" |  | 十八、粮油物资储备支出 |\n收入总计 | 6.00 | 支出总计 | 6.00", 2),
    )
    assert at(list(table.facts), "5.00") == {"fund": "fiscal", "subject": "221"}
    assert len(table.table.rows) == 3


def test_header_that_a_page_break_parts_is_one_header() -> None:
    (table,) = tables(
        "财政拨款“三公”经费支出表",
        "单位：万元",
        grid("单位代码 | 单位名称 | “三公”经费 |  | 会议费", page=3),
        grid(
            """
             |  | 合计 | 公务接待费 |
            777 | 某市某局 | 5.00 | 5.00 | 1.50
            777001 | 某市某局 | 3.00 | 3.00 | 1.00
            777002 | 某市某中心 | 2.00 | 2.00 | 0.50
            """,
            page=4,
        ),
    )
    assert table.table.title == "财政拨款“三公”经费支出表"
    assert [fact.value for fact in table.facts if fact.printed.startswith("777")] == []
    assert at(list(table.facts), "1.50") == {"economic": "30215", "fund": "fiscal"}
    assert [line.page for line in table.table.row_locators] == [4, 4, 4]


def test_part_as_wide_as_the_header_repeated_last_is_joined() -> None:
    # Pages whose last column is blank are read narrower than the others.
    header = "序号 | 单位名称 | 项目名称 | 预算资金总额 | 数量指标"
    (table,) = tables(
        "项目绩效目标公开表",
        grid(header + "\n1 | 某局 | 甲项目 | 3.00 | 培训人数(≥30人)", page=1),
        grid(header + " | 满意度指标", page=2),
        grid("2 | 某局 | 乙项目 | 4.00 | 培训人数(≥40人) | 群众满意度(≥95%)", page=3),
    )
    assert [line[2] for line in table.table.rows] == ["甲项目", "乙项目"]
