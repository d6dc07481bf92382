"""People shorten the names of departments and units in regular ways."""

import pytest

from disclosure.lexicon.names import (
    aliases,
    former_names,
    is_generic,
    is_head_office,
    related_names,
    short_forms,
)
from disclosure.model import Region


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "柳州市科学技术局",
            ["科技局", "市科技局", "柳州科技局", "广西柳州科技局"],
        ),
        ("重庆市科学技术局", ["重庆科技局", "科技局"]),
        ("北京市科学技术委员会", ["科委", "市科委", "北京科委"]),
        ("上海市普陀区司法局", ["司法局", "区司法局", "普陀司法局", "普陀区司法局"]),
        ("深圳市发展和改革委员会", ["发改委", "市发改委", "深圳发改委"]),
        ("深圳市人力资源和社会保障局", ["人社局", "市人社局"]),
        ("深圳市城市管理和综合执法局", ["城管局", "深圳城管局"]),
        ("深圳市市场监督管理局", ["市监局", "市场监管局"]),
        ("深圳市人民政府国有资产监督管理委员会", ["国资委", "市国资委"]),
        ("深圳市文化广电旅游体育局", ["文体局", "文广旅体局"]),
        ("广州市人民政府办公厅", ["市政府办公厅", "市府办", "政府办"]),
        ("广州市政务服务和数据管理局", ["政数局"]),
        ("深圳市规划和自然资源局", ["规自局"]),
        ("无锡市住房和建设局", ["住建局"]),
        ("中共深圳市委宣传部", ["宣传部", "市委宣传部", "深圳市委宣传部"]),
        ("中共上海市普陀区委社会工作部", ["社工部", "区委社会工作部"]),
        (
            "上海市普陀区人民政府万里街道办事处",
            ["万里街道", "万里街道办", "上海普陀区人民政府万里街道办事处"],
        ),
        ("深圳市退役军人事务局", ["退役军人局"]),
        ("深圳市卫生健康委员会", ["卫健委"]),
    ],
)
def test_department(name: str, said: list[str]) -> None:
    assert set(said) <= set(aliases(name))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("柳州市科学技术情报研究所", ["情报所", "情报研究所", "科技情报所", "市情报所", "科情所"]),
        ("柳州市智能制造科技服务中心", ["智能制造中心", "智造中心", "智能制造科技中心"]),
        ("柳州市科技兴市服务中心", ["科技兴市中心", "兴市中心"]),
        ("广州市疾病预防控制中心", ["疾控中心"]),
        ("西安市公安局刑事侦查支队", ["刑侦支队", "公安局刑侦支队"]),
        ("深圳市公安局交通管理局", ["交管局", "交警局"]),
        ("深圳市规划和自然资源局宝安管理局", ["宝安管理局", "规自局宝安管理局"]),
        ("杭州市富春强制隔离戒毒所", ["富春戒毒所", "戒毒所"]),
        ("上海市财政科学研究所", ["财政研究所"]),
        ("深圳市生态环境局龙岗管理局", ["龙岗环保局", "龙岗生态环境局", "龙岗管理局"]),
        ("深圳市社会保险基金管理局南山分局", ["南山社保局", "社保局南山分局"]),
        ("上海交通职业技术学院", ["交职院", "上海交职院", "交通职院"]),
        ("深圳市人力资源和社会保障数据管理中心", ["人社数据中心"]),
    ],
)
def test_unit(name: str, said: list[str]) -> None:
    assert set(said) <= set(aliases(name))


@pytest.mark.parametrize("mark", ["（本级）", "(本级)", "本级", "机关", "（机关）"])
def test_head_office_is_called_by_its_department(mark: str) -> None:
    said = aliases(f"福州市科学技术局{mark}")
    assert {"科技局本级", "福州科技局本级", "市科技局机关"} <= set(said)
    assert "科技局" not in said


def test_region_is_taken_from_the_department_where_the_unit_name_has_none() -> None:
    assert "柳州情报所" in aliases("科学技术情报研究所", Region("广西壮族自治区", "柳州市"))


def test_earlier_names_follow() -> None:
    assert former_names("应急管理局") == ("安全生产监督管理局",)
    assert {"安监局", "安全生产监督管理局", "深圳安监局"} <= set(aliases("深圳市应急管理局"))
    assert "卫计委" in aliases("深圳市卫生健康委员会")


def test_near_kinds_are_never_aliases() -> None:
    assert "科技创新局" in related_names("科学技术局")
    assert "科技创新局" not in aliases("柳州市科学技术局")
    assert "科技局" not in aliases("深圳市科技创新局")


@pytest.mark.parametrize(
    "name",
    [
        "柳州市智能制造科技服务中心",
        "柳州市科学技术局（本级）",
        "深圳市水文水质中心",
        "深圳市某区服务中心",
        "广州市第一人民医院",
    ],
)
def test_generic_words_are_no_aliases(name: str) -> None:
    assert not [alias for alias in aliases(name) if is_generic(alias)]


@pytest.mark.parametrize("word", ["中心", "服务中心", "局", "本级", "机关", "研究所", "市委"])
def test_generic(word: str) -> None:
    assert is_generic(word)


@pytest.mark.parametrize("word", ["情报所", "科技局", "疾控中心", "兴市中心"])
def test_not_generic(word: str) -> None:
    assert not is_generic(word)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("深圳市司法局（本级）", True),
        ("深圳市司法局机关", True),
        ("深圳市司法局", False),
        ("深圳市机关事务管理局", False),
    ],
)
def test_head_office_is_recognised(name: str, head: bool) -> None:
    assert is_head_office(name) is head


def test_unknown_kind_keeps_its_name() -> None:
    assert short_forms("某某委派办") == ("某某委派办",)
