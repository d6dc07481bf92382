"""The national classification files are whole, consistent, and found by code and by name."""

import pytest

from disclosure.lexicon.classification import Classification, economic, functional, gov_economic


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("206", "科学技术支出"),
        ("20601", "科学技术管理事务"),
        ("2060101", "行政运行"),
        ("2060501", "机构运行"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
        ("2210201", "住房公积金"),
        ("2296002", "用于社会福利的彩票公益金支出"),
        ("2130104", "事业运行"),
    ],
)
def test_functional_code_has_its_name(code: str, name: str) -> None:
    assert functional().by_code(code) == name


@pytest.mark.parametrize(
    ("classification", "code", "name"),
    [
        (economic(), "30201", "办公费"),
        (economic(), "30231", "公务用车运行维护费"),
        (economic(), "31002", "办公设备购置"),
        (gov_economic(), "50101", "工资奖金津补贴"),
        (gov_economic(), "50502", "商品和服务支出"),
    ],
)
def test_economic_code_has_its_name(classification: Classification, code: str, name: str) -> None:
    assert classification.by_code(code) == name


@pytest.mark.parametrize("classification", [functional(), economic(), gov_economic()])
def test_every_code_has_its_parent_and_one_name_in_force(classification: Classification) -> None:
    for code in classification:
        parent = classification.parent(code)
        assert parent == "" or parent in classification
        assert code in classification.children(parent)
        assert len(set(classification.names(code))) == len(classification.names(code))


def test_a_name_shared_by_several_classes_returns_all() -> None:
    codes = functional().by_name("行政运行")
    assert {"2010101", "2060101", "2080101"} <= set(codes)
    assert set(functional().by_name("机构运行")) >= {"2060201", "2060301", "2060501"}


def test_parent_narrows_a_shared_name() -> None:
    assert functional().by_name("行政运行", parent="206") == ("2060101",)
    assert functional().by_name("机构运行", parent="20605") == ("2060501",)


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("维修(护)费", "30213"),
        ("维修（护）费", "30213"),
        ("因公出国（境）费", "30212"),
        ("因公出国(境)费用", "30212"),
    ],
)
def test_brackets_make_no_difference(spelling: str, code: str) -> None:
    assert economic().by_name(spelling) == (code,)


def test_final_word_expenditure_is_optional() -> None:
    assert functional().by_name("机关事业单位基本养老保险缴费") == ("2080505",)
    assert "208" in functional().by_name("社会保障和就业")


def test_name_with_expenditure_prefers_the_subject_printed_so() -> None:
    # 教育 alone is also a 款 of 援助其他地区支出.
    assert functional().by_name("教育支出") == ("205",)
    assert functional().by_name("教育") == ("205", "21902")
    assert functional().by_name("医疗卫生") == ("21904", "210")


def test_earlier_names_are_known() -> None:
    assert functional().by_name("医疗卫生与计划生育支出") == ("210",)
    assert "2080501" in functional().by_name("归口管理的行政单位离退休")
    assert functional().names("2013804")[0] == "经营主体管理"


def test_hierarchy() -> None:
    tree = functional()
    assert tree.path("2060101") == ("206", "20601", "2060101")
    assert [tree.level(code) for code in tree.path("2060101")] == [1, 2, 3]
    assert "20601" in tree.children("206")
    assert "206" in tree.children()
    assert economic().parent("3021101") == "30211"


def test_unknown_code_and_name() -> None:
    assert functional().by_code("9999999") is None
    assert functional().names("9999999") == ()
    assert functional().by_name("没有这个科目") == ()
