"""The vocabulary of table labels as declared rules: which words fix which coordinates.

Adding a rule touches its axis here; ``terms`` applies them, and a test tries every example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from disclosure.model import Aspect, Fund, Measure


@dataclass(frozen=True, slots=True)
class Term:
    """A rule: where ``pattern`` is found in a folded label, the coordinates in ``sets`` hold.

    ``example`` matches, ``counter`` does not; both are tested.
    """

    name: str
    pattern: str
    sets: Mapping[str, str]
    example: str
    counter: str


_CARRIED_IN = {"carry": "carried_in"}
_CARRIED_OUT = {"carry": "carried_out"}

#: Rules by axis; within one axis the first that matches wins.
FUNDS: tuple[Term, ...] = (
    Term(
        "财政专户管理资金",
        r"财政专户|其他专户|教育收费|专户(?:拨款|资金|管理)",
        {"fund": Fund.SPECIAL_ACCOUNT},
        "财政专户管理资金收入",
        "财政拨款收入",
    ),
    Term(
        "政府性基金",
        r"政府性?基金|^(?:20\d\d年?度?|部门)*基金预算",
        {"fund": Fund.GOVERNMENT_FUND},
        "政府性基金预算拨款",
        "事业基金",
    ),
    Term(
        "国有资本经营",
        r"国有资本(?:经营)?|国资经营",
        {"fund": Fund.STATE_CAPITAL},
        "国有资本经营预算资金",
        "资本性支出",
    ),
    Term(
        "一般公共预算",
        r"一般公共预算|公共财政预算|公共财政拨款",
        {"fund": Fund.GENERAL},
        "本年一般公共预算支出",
        "一般公共服务支出",
    ),
    Term(
        "附属单位上缴收入",
        r"附属单位(?:上缴|缴款)|下级单位上缴",
        {"fund": Fund.SUBORDINATE},
        "附属单位上缴收入",
        "对附属单位补助支出",
    ),
    Term(
        "上级补助收入",
        r"上级(?:财政)?补助收入",
        {"fund": Fund.SUPERIOR},
        "上级补助收入",
        "上级补助资金安排",
    ),
    Term(
        "事业单位经营收入",
        r"(?:事业单位)?经营收入",
        {"fund": Fund.BUSINESS},
        "事业单位经营收入",
        "事业单位经营支出",
    ),
    Term(
        "事业收入", r"事业收入", {"fund": Fund.OPERATIONS}, "事业收入（不含教育收费）", "事业支出"
    ),
    Term(
        "单位资金",
        r"单位资金|(?:单位)?自有资金|单位自筹",
        {"fund": Fund.UNIT},
        "单位资金",
        "单位名称",
    ),
    Term("其他收入", r"其他收入", {"fund": Fund.OTHER}, "其他收入", "其他资金"),
    Term(
        "财政拨款",
        r"(?<!非)财政(?:拨款|资金)|^预算拨款|^(?:本|当)年拨款|财政补助收入",
        {"fund": Fund.FISCAL},
        "财政拨款收入",
        "使用非财政拨款结余",
    ),
)
CARRY: tuple[Term, ...] = (
    Term(
        "结转下年",
        r"结转(?:结余)?下一?年|(?:年终|年末|期末)结[转余]",
        _CARRIED_OUT,
        "年终结转结余",
        "上年结转结余",
    ),
    Term(
        "使用非财政拨款结余",
        r"使用非财政拨款",
        {**_CARRIED_IN, "item": "使用非财政拨款结余"},
        "使用非财政拨款结余",
        "非财政拨款收入",
    ),
    Term(
        "非财政拨款结转结余",
        r"非财政拨款(?:资金)?结[转余]",
        {**_CARRIED_IN, "item": "非财政拨款结转结余"},
        "2.非财政拨款结余、结转",
        "1.财政拨款结余、结转",
    ),
    Term(
        "上年实户资金余额",
        r"上年实户",
        {**_CARRIED_IN, "item": "上年实户资金余额"},
        "上年实户资金余额",
        "上年结转",
    ),
    Term(
        "事业基金弥补收支差额",
        r"事业基金弥补",
        {**_CARRIED_IN, "item": "事业基金弥补收支差额"},
        "用事业基金弥补收支差额",
        "政府性基金",
    ),
    Term(
        "上年结转",
        r"上年(?:度)?结[转余]|年初结[转余]|动用.*结余|结余、?结转$|结转、?结余$",
        _CARRIED_IN,
        "上年结转结余",
        "结转下年支出",
    ),
    Term(
        "本年",
        r"^本年(?:收入|支出)(?:合计|小计)?$",
        {"carry": "current"},
        "本年收入合计",
        "本年一般公共预算支出",
    ),
)
KINDS: tuple[Term, ...] = (
    Term(
        "事业单位经营支出",
        r"经营支出",
        {"kind": "business"},
        "事业单位经营支出",
        "国有资本经营预算支出",
    ),
    Term("上缴上级支出", r"上缴上级", {"kind": "remitted"}, "上缴上级支出", "附属单位上缴收入"),
    Term(
        "对附属单位补助",
        r"对(?:附属|下级)单位补助",
        {"kind": "subsidy"},
        "对附属单位补助支出",
        "上级补助收入",
    ),
    Term(
        "项目支出",
        r"项目支出|专项业务(?:经费)?|项目经费",
        {"kind": "project"},
        "项目支出总数",
        "项目名称",
    ),
    Term("基本支出", r"基本支出|人员经费和公用经费", {"kind": "basic"}, "基本支出预算", "基本工资"),
)
NATURES: tuple[Term, ...] = (
    Term("人员与公用", r"人员经费和公用经费", {}, "人员经费和公用经费支出", "人员经费"),
    Term(
        "人员经费",
        r"人员(?:类)?(?:经费|支出)",
        {"nature": "personnel", "kind": "basic"},
        "人员经费支出",
        "人员情况",
    ),
    Term(
        "公用经费",
        r"公用(?:类)?(?:经费|支出)|日常公用",
        {"nature": "public", "kind": "basic"},
        "日常公用支出",
        "公用事业",
    ),
)
ECONOMICS: tuple[Term, ...] = (
    Term("因公出国（境）", r"因公出国", {"economic": "30212"}, "因公出国（境）费用", "出国留学"),
    Term("公务接待费", r"公务接待", {"economic": "30217"}, "（三）公务接待费支出", "接待中心运维"),
    Term(
        "公务用车购置及运行",
        r"(?:公务用车|公车)购置(?:费)?[及和与、](?:运行|维护)",
        {"economic": "公务用车"},
        "公务用车购置及运行维护费",
        "公务用车购置费",
    ),
    Term(
        "公务用车运行维护费",
        r"(?:公务用车|公车)运[行维]|^运行(?:维护)?费$",
        {"economic": "30231"},
        "公务用车运行维护费",
        "机关运行经费",
    ),
    Term(
        "公务用车购置费",
        r"(?:公务用车|公车)购置|^购置费$",
        {"economic": "31013"},
        "公务用车购置费",
        "办公设备购置",
    ),
    Term("公务用车", r"^公务用车费?$", {"economic": "公务用车"}, "公务用车", "公务用车购置"),
    Term("会议费", r"会议费", {"economic": "30215"}, "会议费", "会议名称"),
    Term("培训费", r"培训费", {"economic": "30216"}, "培训费", "培训名称"),
    Term("三公经费", r"三公(?!里|尺)", {"economic": "三公"}, "“三公”经费合计", "三公里"),
)
MEASURES: tuple[Term, ...] = (
    Term(
        "机关运行经费",
        r"机关运行经费|^行政经费",
        {"measure": Measure.OPERATING},
        "机关运行经费预算数",
        "公务用车运行维护费",
    ),
    Term(
        "政府采购", r"政府采购", {"measure": Measure.PROCUREMENT}, "2026年政府采购项目", "采购目录"
    ),
)
PROCUREMENT: tuple[Term, ...] = (
    Term(
        "集中采购",
        r"(?<!部门)集中采购|^集采",
        {"procurement_mode": "centralised"},
        "政府集中采购",
        "部门集中采购",
    ),
    Term(
        "分散采购",
        r"分散采购|部门集中采购",
        {"procurement_mode": "dispersed"},
        "分散采购",
        "集中采购",
    ),
    Term(
        "货物",
        r"^(?:[A-Z]-)?(?:政府采购)?货物(?:类|采购|预算|支出)?$|货物类",
        {"procurement_kind": "goods"},
        "A-货物",
        "货物运输服务",
    ),
    Term(
        "工程",
        r"^(?:[A-Z]-)?(?:政府采购)?工程(?:类)?$|工程类",
        {"procurement_kind": "works"},
        "B-工程",
        "工程监理服务",
    ),
    Term(
        "服务",
        r"^(?:[A-Z]-)?(?:政府采购)?服务(?:类)?$|服务类",
        {"procurement_kind": "services"},
        "C-服务",
        "物业管理服务",
    ),
)
STAGES: tuple[Term, ...] = (
    Term("决算数", r"决算", {"stage": "final"}, "决算数", "预算数"),
    Term(
        "全年预算数",
        r"(?:全年|调整)预算数?|调整后预算",
        {"stage": "adjusted"},
        "全年预算数",
        "年初预算数",
    ),
    Term("年初预算数", r"年初预算", {"stage": "initial"}, "年初预算数", "年末结转"),
)
CHANGES: tuple[Term, ...] = (
    Term(
        "增减率",
        r"增减(?:变化)?(?:情况)?[(（]?[%％]|增减(?:变化)?(?:率|幅度|比例)|增长率|增长?幅|增长[(（]?[%％]|降幅",
        {"aspect": Aspect.CHANGE_RATE},
        "增减(%)",
        "增减额",
    ),
    Term(
        "增减额",
        r"增减(?:变化|变动)?(?:金?额|数|情况)?(?![%％(（率幅比])|增加额|减少额|增[(（]?\+",
        {"aspect": Aspect.CHANGE},
        "增减变化金额",
        "增减率",
    ),
    Term("占比", r"占比|比重|所占比例", {"aspect": Aspect.SHARE}, "占比（%）", "占用"),
    Term(
        "完成率",
        r"完成(?:预算|年初预算)?(?:率|比例|的%|%)|预算完成",
        {"aspect": Aspect.COMPLETION},
        "完成预算%",
        "完成时间",
    ),
)
AXES_OF_TERMS: tuple[tuple[Term, ...], ...] = (
    FUNDS,
    CARRY,
    KINDS,
    NATURES,
    ECONOMICS,
    MEASURES,
    PROCUREMENT,
    STAGES,
    CHANGES,
)
