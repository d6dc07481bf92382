"""Whose each figure of a sentence is: sentence patterns of many cities, with invented figures."""

from __future__ import annotations

from decimal import Decimal

from disclosure.model import Aspect, Kind
from ingest.narrative import NarrativeContext
from tests.support.narration import figures, narrative


def test_change_and_rate_belong_to_the_amount_before_and_keep_their_sign() -> None:
    assert figures("2026年部门收入总预算900.14万元，同比减少30.61万元，同比下降3.29%。") == [
        "revenue amount 900.14万元",
        "revenue change -30.61万元",
        "revenue change_rate -3.29%",
    ]


def test_a_total_of_both_sides_is_two_facts() -> None:
    assert figures("2026年部门收支总预算900.14万元。") == [
        "revenue amount 900.14万元",
        "expenditure amount 900.14万元",
    ]


def test_the_side_named_before_a_list_decides_what_its_parts_are() -> None:
    assert figures(
        "2026年财政拨款收支总预算90万元，收入包括：一般公共预算90万元；支出包括：教育支出60万元、"
        "卫生健康支出30万元。"
    )[2:] == [
        "revenue amount fund=general 90万元",
        "expenditure amount subject=205 fund=fiscal 60万元",
        "expenditure amount subject=210 fund=fiscal 30万元",
    ]


def test_shares_name_the_whole_they_are_of() -> None:
    facts = narrative(
        "2026年支出总预算90万元，基本支出预算30万元，占支出总预算33.33%。",
    ).facts
    share = next(fact for fact in facts if fact.aspect is Aspect.SHARE)
    assert (share.value, share.base) == (Decimal("33.33"), "支出总预算")


def test_a_share_without_base_is_of_the_total_that_is_listed() -> None:
    facts = narrative(
        "2026年收入预算总计90万元，其中，事业收入30万元，占33.3%；其他收入60万元，占66.7%。"
    ).facts
    assert {f.base for f in facts if f.aspect is Aspect.SHARE} == {"收入预算总计"}


def test_last_years_figure_said_after_than_is_stated() -> None:
    facts = narrative(
        "2026年“三公”经费支出预算12.94万元，比2025年预算12.98万元，同比减少0.04万元。"
    ).facts
    prior = next(fact for fact in facts if fact.aspect is Aspect.PRIOR)
    change = next(fact for fact in facts if fact.aspect is Aspect.CHANGE)
    assert (prior.value, prior.year, prior.base) == (Decimal("12.98"), 2025, "2025年预算")
    assert change.base == "2025年预算"


def test_bases_are_quoted_as_the_document_says() -> None:
    facts = narrative("支出预算90万元，比上年执行数增加7万元，增长8.4%。").facts
    assert {f.base for f in facts if f.aspect is not Aspect.AMOUNT} == {"上年执行数"}
    facts = narrative("“三公”经费预算90万元，较2025年年初预算增加5.89万元。").facts
    assert facts[1].base == "2025年年初预算"


def test_unchanged_is_a_change_of_zero_but_nearly_unchanged_is_not() -> None:
    assert "three_public change economic=30217 fund=fiscal 0万元" in figures(
        "一、“三公”经费情况", "公务接待费2026年预算5.00万元，与上年持平。"
    )
    assert figures("一、“三公”经费情况", "公务接待费5万元，与上年基本持平。") == [
        "three_public amount economic=30217 fund=fiscal 5万元"
    ]


def test_reasons_and_purposes_lend_their_figures_to_nobody() -> None:
    assert figures(
        "2026年支出预算90万元，比上年增加9万元，增长11.11%，主要原因是：一是基本支出增加5万元；二是新增项目4万元。"
    ) == ["expenditure amount 90万元", "expenditure change 9万元", "expenditure change_rate 11.11%"]


def test_after_a_reason_the_next_labelled_amount_is_read_again() -> None:
    found = figures(
        "2026年收入预算90万元，比上年减少10万元，主要原因是压减项目；支出预算90万元，比上年减少10万元，下降10%。"
    )
    assert "expenditure change -10万元" in found


def test_after_an_enumeration_the_change_is_the_wholes_when_the_arithmetic_says_so() -> None:
    assert figures(
        "当年预算收入4,203.47万元，其中：一般公共预算拨款4,005.29万元、其他收入198.18万元，较上年增加142.30万元，"
        "增长3.50%。"
    )[-2:] == ["revenue change 142.30万元", "revenue change_rate 3.50%"]


def test_a_new_sentence_after_an_enumeration_speaks_of_the_whole() -> None:
    found = figures(
        "安排支出预算100万元，其中：基本支出80万元、项目支出20万元。比上年减少3万元，下降2.91%。"
    )
    assert "expenditure change -3万元" in found


def test_brackets_hold_sentences_of_their_own() -> None:
    found = figures(
        "一、“三公”经费安排情况",
        "公务用车购置及运行维护费13万元（公务用车购置费0万元，比上年增加0万元；公务用车运行维护费13万元，比上年"
        "减少0.6万元）比上年减少0.6万元，下降4.4%。",
    )
    assert "three_public change economic=30231 fund=fiscal -0.6万元" in found
    assert "three_public change economic=公务用车 fund=fiscal -0.6万元" in found
    assert found[-1] == "three_public change_rate economic=公务用车 fund=fiscal -4.4%"


def test_an_item_heads_the_figures_that_have_no_label() -> None:
    assert figures(
        "五、财政拨款“三公”经费预算情况",
        "2.公务接待费。2026年预算数3万元，较2025年年初预算减少2万元。",
    ) == [
        "three_public amount economic=30217 fund=fiscal 3万元",
        "three_public change economic=30217 fund=fiscal -2万元",
    ]


def test_a_heading_heads_the_paragraph_below_it() -> None:
    found = figures(
        "六、一般公共预算“三公”经费支出情况",
        "（一）因公出国（境）经费",
        "2026年预算安排0.00万元，比上年减少27.70万元。",
    )
    assert found == [
        "three_public amount economic=30212 fund=fiscal 0.00万元",
        "three_public change economic=30212 fund=fiscal -27.70万元",
    ]


def test_namesakes_under_different_kuan_get_their_own_codes() -> None:
    found = figures(
        "五、一般公共预算支出情况说明",
        "（一）科学技术支出（类）应用研究（款）机构运行（项）支出7万元，全部为基本支出。",
        "（二）科学技术支出（类）科技条件与服务（款）机构运行（项）支出4万元。",
    )
    assert found == [
        "expenditure amount subject=2060301 fund=general 7万元",
        "expenditure amount subject=2060301 fund=general kind=basic 7万元",
        "expenditure amount subject=2060501 fund=general 4万元",
    ]


def test_projects_are_read_from_their_list_and_their_parts_within_them() -> None:
    found = figures(
        "三、部门预算支出具体情况",
        "（五）项目支出90万元，具体包括：",
        "1.水务工作经费60万元，主要包括：编外人员20万元，用于支付劳务费；水库监测40万元，用于水质监测。",
        "2.预算准备金30万元，主要用于年度预算执行中临时增加工作所需开支。",
    )
    assert found == [
        "expenditure amount kind=project 90万元",
        "expenditure amount project=水务工作经费 kind=project 60万元",
        "expenditure amount project=水务工作经费 item=编外人员 kind=project 20万元",
        "expenditure amount project=水务工作经费 item=水库监测 kind=project 40万元",
        "expenditure amount project=预算准备金 kind=project 30万元",
    ]


def test_procurement_is_narrowed_by_kind_mode_and_fund() -> None:
    assert figures(
        "2026年政府采购预算93万元。其中：政府集中采购预算13万元，占政府采购预算13.98%；分散采购预算80万元。",
        "按项目类型划分，其中：货物类采购预算6万元，服务类采购预算87万元。",
        "按资金来源划分，其中：一般公共预算安排采购支出预算93万元。",
    ) == [
        "procurement amount 93万元",
        "procurement amount procurement_mode=centralised 13万元",
        "procurement share procurement_mode=centralised 13.98%",
        "procurement amount procurement_mode=dispersed 80万元",
        "procurement amount procurement_kind=goods 6万元",
        "procurement amount procurement_kind=services 87万元",
        "procurement amount fund=general 93万元",
    ]


def test_what_is_not_understood_makes_no_fact() -> None:
    assert figures("扣除中央基建后比2025年执行数增加2,775.6万元，增幅20.26%。") == []
    assert figures("工资3406元/人.月，单价100万元以上设备。") == []
    vague = "按功能分类，2026年预算数比2025年执行数减少较多，减少21万元，下降85%。"
    assert figures("二、支出情况", vague) == []


def test_a_typing_slip_between_number_and_unit_attaches_nothing_to_the_heading() -> None:
    slip = "2026年预算数3.98为万元，比2025年执行减少21.26万元。"
    assert figures("五、一般公共预算支出表的说明", slip) == []


def test_a_restated_amount_that_differs_is_kept_with_less_confidence() -> None:
    facts = narrative(
        "12、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）208.8万元。2025年当年预算执行数为198.34万元，"
        "2026年预算安排201.50万元，比2025年预算执行数增加5.27%。"
    ).facts
    amounts = [(f.value, f.confidence) for f in facts if f.aspect is Aspect.AMOUNT]
    assert amounts == [(Decimal("208.8"), 1.0), (Decimal("201.50"), 0.5)]


def test_years_other_than_last_year_are_no_prior() -> None:
    found = figures("2024年支出预算80万元，2025年支出预算85万元，2026年支出预算90万元。")
    assert found == ["expenditure prior 85万元", "expenditure amount 90万元"]


def test_unchanged_needs_no_amount_beside_it_where_its_subject_is_named() -> None:
    found = figures("六、“三公”经费安排情况", "（二）公务接待费与2025年预算持平。")
    assert found == ["three_public change economic=30217 fund=fiscal 0万元"]


def test_parts_in_brackets_end_with_the_bracket() -> None:
    assert figures(
        "八、“三公”经费",
        "公务用车购置及运行维护费5万元（其中：公务用车购置费0万元，公务用车运行维护费5万元），比上年减少1万元。",
    )[-1] == ("three_public change economic=公务用车 fund=fiscal -1万元")


def test_a_semicolon_before_the_parts_leads_back_to_the_total() -> None:
    assert (
        figures(
            "政府采购预算总额500万元：货物预算100万元、工程预算200万元、服务预算200万元；其中：一般公共预算400万元。"
        )[-1]
        == "procurement amount fund=general 400万元"
    )


def test_both_sides_may_be_spelt_out_or_shortened() -> None:
    assert figures(
        "2026年收入总计90万元，支出总计90万元，与2025年相比，收、支总计各增加3万元，增长3.45%。"
    ) == [
        "revenue amount 90万元",
        "expenditure amount 90万元",
        "revenue change 3万元",
        "expenditure change 3万元",
        "revenue change_rate 3.45%",
        "expenditure change_rate 3.45%",
    ]


def test_final_accounts_give_the_stages_of_one_figure() -> None:
    facts = narrative(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为50万元，支出决算为48万元，"
        "完成年初预算的96%。",
        context=NarrativeContext("样例", 2025, Kind.FINAL_ACCOUNT),
    ).facts
    assert [(f.aspect, f.value, f.stage) for f in facts] == [
        (Aspect.AMOUNT, Decimal(50), "initial"),
        (Aspect.AMOUNT, Decimal(48), "final"),
        (Aspect.COMPLETION, Decimal(96), "final"),
    ]
