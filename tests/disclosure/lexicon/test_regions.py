"""A department's name tells its region; people shorten regions in regular ways."""

import pytest

from disclosure.lexicon.regions import (
    NOWHERE,
    all_regions,
    find_region,
    region_forms,
    region_level,
    region_spans,
    split_region,
)
from disclosure.model import Region

PUTUO = Region("上海市", "上海市", "普陀区")
LIUZHOU = Region("广西壮族自治区", "柳州市")
SHENZHEN = Region("广东省", "深圳市")


@pytest.mark.parametrize(
    ("name", "region", "rest"),
    [
        ("上海市普陀区司法局", PUTUO, "司法局"),
        ("上海普陀区司法局", PUTUO, "司法局"),
        ("上海普陀司法局", PUTUO, "司法局"),
        ("柳州市科学技术局", LIUZHOU, "科学技术局"),
        ("广西柳州市科学技术局", LIUZHOU, "科学技术局"),
        ("柳州科技局", LIUZHOU, "科技局"),
        ("重庆科技局", Region("重庆市", "重庆市"), "科技局"),
        ("中共深圳市委宣传部", SHENZHEN, "宣传部"),
        ("中共深圳市委办公厅", SHENZHEN, "市委办公厅"),
        ("中共上海市普陀区委社会工作部", PUTUO, "社会工作部"),
        ("中国共产党深圳市委员会组织部", SHENZHEN, "组织部"),
        ("政协柳州市委员会", LIUZHOU, "政协委员会"),
        ("国家税务总局深圳市税务局", SHENZHEN, "国家税务总局税务局"),
        ("深圳市规划和自然资源局宝安管理局", SHENZHEN, "规划和自然资源局宝安管理局"),
        ("广西壮族自治区科学技术厅", Region("广西壮族自治区"), "科学技术厅"),
        ("三江侗族自治县财政局", Region("广西壮族自治区", "柳州市", "三江侗族自治县"), "财政局"),
        ("三江县财政局", Region("广西壮族自治区", "柳州市", "三江侗族自治县"), "财政局"),
        ("吉林省吉林市财政局", Region("吉林省", "吉林市"), "财政局"),
        ("浦东新区教育局", Region("上海市", "上海市", "浦东新区"), "教育局"),
        ("仙桃市财政局", Region("湖北省", "仙桃市"), "财政局"),
        ("国家信访局", NOWHERE, "国家信访局"),
        ("最高人民法院", NOWHERE, "最高人民法院"),
        ("科学技术情报研究所", NOWHERE, "科学技术情报研究所"),
    ],
)
def test_name_is_split_at_its_region(name: str, region: Region, rest: str) -> None:
    assert split_region(name) == (region, rest)
    assert find_region(name) == region


def test_district_of_several_cities_said_alone_stays_open() -> None:
    # 普陀区 is in 上海 and in 舟山.
    assert find_region("普陀区财政局") == Region(district="普陀区")


def test_cooperation_is_no_city() -> None:
    assert split_region("合作交流办公室") == (NOWHERE, "合作交流办公室")


@pytest.mark.parametrize(
    ("region", "forms"),
    [
        (PUTUO, {"上海市普陀区", "上海普陀区", "上海普陀", "普陀区"}),
        (LIUZHOU, {"柳州市", "柳州", "广西柳州市", "广西柳州"}),
        (Region("贵州省", "黔南布依族苗族自治州"), {"黔南州", "黔南"}),
        (Region("新疆维吾尔自治区"), {"新疆"}),
    ],
)
def test_people_shorten_regions(region: Region, forms: set[str]) -> None:
    assert forms <= set(region_forms(region))


def test_bare_district_is_no_form_of_its_own() -> None:
    assert "普陀" not in region_forms(PUTUO)


@pytest.mark.parametrize(
    ("region", "level"),
    [
        (PUTUO, "区"),
        (LIUZHOU, "市"),
        (Region("广东省"), "省"),
        (Region("广西壮族自治区"), "自治区"),
        (Region("广西壮族自治区", "柳州市", "三江侗族自治县"), "县"),
        (Region("上海市", "上海市", "浦东新区"), "区"),
        (NOWHERE, ""),
    ],
)
def test_level_of_a_region(region: Region, level: str) -> None:
    assert region_level(region) == level


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("深圳哪个局的公务接待费最多", ["深圳"]),
        ("上海普陀司法局和柳州科技局比", ["上海普陀", "柳州"]),
        ("来宾接待花了多少", []),
        ("今年比去年多了还是少了", []),
    ],
)
def test_regions_in_a_question(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in region_spans(text)] == found


def test_every_listed_region_is_found_by_its_full_name() -> None:
    for region in all_regions():
        full = "".join(dict.fromkeys((region.province, region.city, region.district)))
        assert find_region(f"{full}财政局") == region, full
