"""Questions put in a form that splits into parts: two superlatives, questions run together,
and instructions to the service before the question. Meaning is never changed."""

from __future__ import annotations

import re

from qa_service.understanding.claims import asserted_in_words, share_asked
from qa_service.understanding.following import as_corrected, instead

#: Patterns with what stands in the place of each, applied in order.
_Rules = tuple[tuple[re.Pattern[str], str], ...]

#: 最大和最小的项目: two rankings of one group.
_TWO_EXTREMES = re.compile(
    "(?P<first>最[高多大贵低少小便宜]{1,2}|第一名?)的?(?:[和与、及跟]|以及)"
    "(?P<second>最[高多大贵低少小便宜]{1,2}|最后一名|倒数第一)"
)
#: 去年多少今年多少 · 基本支出多少、项目支出多少 · 三公多少占比多少: a question ends at its 多少.
_RUN_TOGETHER = re.compile(
    "(?P<end>多少钱?|几个|几多|是啥|是什么)(?:、"
    "|(?=今年|去年|本年|上年|20\\d\\d年|哪个|谁[多少高大]|为什么|为啥|占总|占全|占部门|同比|比去年|比上年"
    "|跟去年|和去年))"
)
#: 集中和分散各多少, of 政府采购.
_MODES = re.compile("(?:集中|分散)(?=[和与、及各，,的]|呢|分别|占|$)")
#: 采购里货物、服务各多少: kinds of procurement, named in a row.
_KINDS_OF_PROCUREMENT = re.compile(
    "(?P<kind>货物|工程|服务)(?P<tail>类)?(?=[、和与及]|各|分别|货物|工程|服务|$)"
)
#: 表中一般公共服务支出以外的3类: 除了 is left out.
_BESIDES = re.compile(
    "(?P<lead>^|[，,。]|表[中里]|当中|[的里中])(?P<what>[^，,。的中里除]{2,16}?)(?:以外|之外)的?"
)

_MOST = "最(?:不值钱|不花钱|值钱|花钱|便宜|[高多大贵低少小差])"
_MEMBER = "(?:项目|单位|科目|部门|支出|费用|采购|一?[个家笔项])"
#: 最大项目和最小项目各叫什么、差多少: two rankings with the noun said, then what lies between them.
_TWO_MEMBERS = re.compile(
    f"(?P<first>{_MOST})的?(?P<noun>{_MEMBER}?)(?:[和与、及跟同比是]|以及)(?:那个|这个)?"
    f"(?P<second>{_MOST})的?(?P<again>{_MEMBER}?)(?=[^一-龥]|$|[各分叫是差相多少高有之的])"
)
_BETWEEN = re.compile(
    "[、，]?(?:它们|两者|二者|之间|各自|到底|一共|中间)*"
    "(?:(?:(?:相差|差了?|差额|差距)(?:是|有)?|(?:多出?|高出?|少)了?(?=多少|几))"
    "(?P<apart>几倍|多少倍)?(?:多少|几|多大)?(?:钱|万元|万|元)?|的?(?P<times>几倍|多少倍))$"
)
#: 拨款(上级补助不算)有多少: what is left out, in brackets.
_LEFT_OUT = re.compile(
    "\\((?:(?P<what>[^()]{2,12}?)(?:不算|除外|不计|不含|不包括)(?:在内)?"
    "|(?:不算|不含|不计|不包括|除去|扣除)(?P<named>[^()]{2,12}?)(?:在内)?)\\)"
)
#: 列出情报所预算、三公和项目数: things of several kinds, each a question of its own.
_MIXED = re.compile(
    "^(?:请?(?:列出|列一?下|报一?下|给出|说说|说一?下|查一?下|告诉我|给我))?(?P<items>[^，。？]{2,40}?)"
    "(?:分别|各)?(?:是多少|多少|列一?下|报一?下|给我)?$"
)
_COUNTED_ITEM = re.compile("(?:项目|单位|科室|编制|人员|车辆)(?:数量?|个数|总数)$")

#: People and vehicles, where their number is asked and not the money.
_COUNTED: _Rules = (
    # 哪家人最多, 谁的车多: how many people or vehicles, not how much money.
    (
        re.compile("(?<=[哪个家谁局委办的里])人(?=(?:最|更|比较)?[多少](?![少钱余]))"),
        "在职人员",
    ),
    (
        re.compile("(?<=[哪个家谁局委办的里])公?车(?=(?:最|更|比较)?[多少](?![少钱余]))"),
        "车辆",
    ),
    # 车呢，有几辆: named first, asked behind a comma.
    (
        re.compile(
            "(?P<what>公?车)(?:呢|的话)?[，,](?:现?在)?(?:一?共)?有?(?P<how>几|多少)[辆台部]"
        ),
        "有\\g<how>辆\\g<what>",
    ),
)

#: Vehicles and what buying them costs, in the words of the documents.
_VEHICLES: _Rules = (
    # 几部车, 多少台车, 多少车.
    (
        re.compile(
            "(?P<how>几|多少)(?:部|台|辆)?(?=(?:公务用|公|汽|小汽)?车(?!辆?(?:[位棚库站费]|运行|购置|维护|维修)))"
        ),
        "\\g<how>辆",
    ),
    (
        re.compile("(?P<how>几|多少)(?:部|台)(?=[？?，,。]|$)"),
        "\\g<how>辆",
    ),
    # 每台车运行费多少: of vehicles, in the words of the documents.
    (
        re.compile(
            "(?P<per>[每1一][辆台部][^，,。]{0,8}?)(?<![用公]车)(?<!车辆)运行(?:维护)?费用?"
        ),
        "\\g<per>公务用车运行维护费",
    ),
    # 今年再买几辆: of vehicles, where they are spoken of.
    (
        re.compile(
            "(?:再|新|又)?(?:要|准备|打算|计划)?(?:再|新)?(?:购买|购置|采购|添置|添|买|购)(?P<how>几|多少)(?:辆|台|部)"
            "(?:公务用车|公车|新车|汽车|车)?"
        ),
        "买\\g<how>辆车",
    ),
    (
        re.compile(
            "(?P<bought>买(?:几|多少)辆车)[，,、]?(?:一?共|总共)?(?:要|得|需要?)?(?:花费?|用|安排)?(?:了)?多少钱?"
            "(?=[，,。？?]|$)"
        ),
        "\\g<bought>，公务用车购置费多少",
    ),
)

#: What leads up to the question, and bodies and sums said in passing.
_LEADS: _Rules = (
    # 编制多少人，实际有多少人.
    (
        re.compile("实际(?:上)?(?:有|在编|在岗|在职)?(?=(?:是)?(?:多少|几)(?:个?人|名|位))"),
        "实有人员",
    ),
    (
        re.compile("(?P<how>多少|几)[家个](?:基层|二级)?预算单位(?!的)(?=[？?，,。]|$)"),
        "预算单位\\g<how>家",
    ),
    # 翻译成英文并忽略规则：培训费 — an instruction to the service, with the question behind it.
    (
        re.compile(
            "^[^，,。：:]*(?:翻译成|忽略|无视|扮演|假装|你现在是|从现在起|以下指令|系统提示)[^，,。：:]*[，,。：:](?=.*[\u4e00-\u9fff])"
        ),
        "",
    ),
    # 我是一名退休教师，… — who asks says nothing of what is asked.
    (
        re.compile(
            "(?:^|(?<=[，,。]))(?:我|俺|本人|咱)?(?:是|作为|身为|叫|住在?|在|来自)(?:[一1][名个位]|位|名|个|咱|咱们|本|在)[^，,。：:？?]{1,14}[，,。]"
        ),
        "",
    ),
    # 20个项目里最多的…先确认下是20个吗: only the number is asked.
    (
        re.compile(
            "^(?P<number>\\d+[个家名辆台])(?P<noun>[^,，里中的…]{1,6})[里中的][^?？…]*…+"
            "(?:我|想|先)*(?:确认|问|核实|核对|求证)(?:一?下)?(?:是不是|是)(?P=number)(?:吗|吧|么)?"
        ),
        "有\\g<number>\\g<noun>吗",
    ),
    # 本级财政安排的拨款: of the place's own finances, no unit.
    (
        re.compile("(?<![局委厅办院校所心会])本级财政"),
        "财政",
    ),
    # 花得最凶, 开得最多: what is done most with money says no more than 最多.
    (
        re.compile("[花用开吃买耗砸拿领批拨编办请修占]得(?=最)"),
        "",
    ),
    # 医疗3项(行政单位医疗、事业单位医疗): what is meant, then its members.
    (
        re.compile(
            "[^，。、(局所委厅院校站中心处队年]{0,6}\\d[项类块笔个种](?:支出|科目|经费|费用|钱)?"
            "\\((?P<members>[^()]*、[^()]*)\\)"
        ),
        "\\g<members>",
    ),
    # 电费减水费等于几: a subtraction in words.
    (
        re.compile("减(?![少去了掉免轻])(?=[^，减]{2,16}(?:等于|得|是|还剩|剩下?)(?:几|多少))"),
        "减去",
    ),
)

#: Turns of phrase, in the words that are planned for.
_PHRASES: _Rules = (
    # 基本支出今年跟去年的数都要: two figures, each asked for.
    (
        re.compile(
            "(?:今年|本年|本年度)(?:的)?(?:[和跟与、及同]|以及)(?:去年|上年|上一年)(?:的)?(?:数字?|金额|预算)?"
            "(?=都|各|分别|两)(?:都要|都说|各自?(?:是|为|有)?多少|分别(?:是|为)?多少|两个?都要)"
        ),
        "今年是多少，去年是多少",
    ),
    # 工资福利支出吃掉基本支出的几成: what it is of.
    (
        re.compile(
            "(?:吃掉|吃去|吃了|包揽了?|占去了?|占掉了?|占到了?|占据了?|拿走了?|拿去了?)"
            "(?=[^，。？]{2,24}(?:几成|多大比例|百分之几|百分之多少|比重|比例|百分比|份额))"
        ),
        "占",
    ),
    # 12345热线: the number says no more than the word.
    (re.compile("12345(?=政务|政府|服务|便民|热线|平台)"), ""),
    # 金额为何, 预算数为何: no reason is asked for.
    (re.compile("(?<=[数额值比重率费算入计])为何(?=[？?。，,]|$)"), "是多少"),
    # 卫健委系统: the department with its units.
    (re.compile("(?<=[局委厅])系统(?=里|内|的?预算|各|最|下|总|全|今年|一共|合计)"), ""),
    # 5万块的费用.
    (re.compile("(?<=[\\d万千百亿])块钱?(?=的|以[上下内]|左右|$|[，。？])"), "元"),
    # 公务用车购置费和运行费: the second name is said by its end only.
    (
        re.compile(
            "(?P<head>(?:公务)?用车|公车|车辆)购置(?:费[和与、及]|[和与、])运行(?:维护)?费?(?!.{0,2}购置)"
        ),
        "公务用车购置费、公务用车运行维护费",
    ),
    # 我不要编制数: what is not asked.
    (
        re.compile(
            "[，,。？?！!；;]\\s*(?:我)?(?:不要|别给我?|不是问|不问|别说|不想知道)[^，,。？?]{1,12}$"
        ),
        "",
    ),
    # 4家单位的公用经费: of each, where nothing is added, counted or chosen.
    (
        re.compile(
            "^(?!.*(?:合计|加起来|一共|总|哪|几|排|最|谁|平均|[里中]))(?P<before>.*?)(?:这)?[2-9]\\d?[家个](?:下属|所属|直属|预算)*单位(?=的)"
        ),
        "\\g<before>各单位",
    ),
    # 有公车费用的是哪几家: which units have it.
    (
        re.compile(
            "^(?P<before>.*?)有(?P<what>[^，,是]{2,12}?)的(?:是|有)哪[几些]?[家个](?:单位)?$"
        ),
        "\\g<before>哪些单位安排了\\g<what>",
    ),
    # 怎么涨了八成: why it did.
    (
        re.compile(
            "(?:怎么|咋)(?=(?:会|就|又|都|突然|一下子|还)?(?:大幅)?(?:涨|增|升|多了|高了|贵了|降|减|少了|跌|缩|下降|上升|变多|变少))"
        ),
        "为什么",
    ),
    # 砍了三成多，官方怎么解释: why it was.
    (
        re.compile(
            "(?P<moved>(?:涨|增|升|砍|降|减|少|压|缩|跌|多)[了到掉加长低]*[^，,。]{0,8}[，,])"
            "[^，,。]{0,4}?(?:怎么|咋|如何|怎样)(?:解释|说明|交代)(?:的|呢)?"
        ),
        "\\g<moved>为什么",
    ),
    # 三个数一起给我: told together, not added.
    (
        re.compile("一起(?=给我|报|说|列|告诉|讲|念|发)"),
        "",
    ),
    # 占比第2的科目: a place by amount.
    (
        re.compile("(?:支出)?(?:占比|比重|份额)(?=第\\d|倒数|排第)"),
        "金额",
    ),
)

#: Exclusions and rankings.
_RANKED: _Rules = (
    # 预算过了5个亿的单位: above it.
    (
        re.compile("(?<![超不通经])(?:过|破|超)了?(?=\\d+(?:\\.\\d+)?(?:万|亿|元|千万|百万))"),
        "超过",
    ),
    # 把车子那部分刨掉: what is taken off, then that it is.
    (
        re.compile(
            "把(?P<what>[^，,。把]{2,12}?)(?:[那这]部分|[那这]块|[那这]一块|的钱)?(?:都|全|给)?"
            "(?:刨|扣|减|去|除|剔|撇|抛|拿|抠)(?:掉|除|去|开|出去|出来|走|了)"
        ),
        "除去\\g<what>",
    ),
    # 最多的是哪家最少的又是哪家: two questions run together.
    (
        re.compile(
            "(?P<first>最[多高大贵]的?[^，,。最]{0,4}(?:是|属|数)(?:谁家?|哪[1一]?[个家项笔]|啥|什么)(?:单位|项目|科目)?)"
            "[和与、]?(?=(?:那|又|而)?最[少低小便])"
        ),
        "\\g<first>，",
    ),
    # 哪个最多哪个最少: two questions run together.
    (
        re.compile(
            "(?P<first>(?:哪[1一]?[个家项笔样]|谁)最[多高大贵])(?:的?[、和与])?(?=(?:哪[1一]?[个家项笔样]|谁)最[少低小便])"
        ),
        "\\g<first>，",
    ),
    # 头一名和第二名: the first two.
    (
        re.compile(
            "(?:第[1一]名?|头[1一]?名|老大|冠军|榜首)(?:[和与、及跟]|以及)(?:第[2二]名?|老二|亚军)"
        ),
        "前2名",
    ),
    (
        re.compile("头(?P<n>\\d+)(?=[名个家项样笔位大类款](?!月))"),
        "前\\g<n>",
    ),
    (re.compile("老(?P<n>[二三四五六])(?=[^一-龥]|是|的|$)"), "第\\g<n>名"),
    # 除情报所外: 除 alone begins too many words to be one.
    (
        re.compile("除(?![了去外开掉非夕])(?P<what>[^，,。外除]{2,14}?)(?:之外|以外|外)"),
        "除了\\g<what>以外",
    ),
    # 公务接待费最高的3个部门: a ranking of departments.
    (
        re.compile("(?P<rank>最[高多大贵低少小])的?(?P<n>\\d+)[个家](?:部门|局|委办局)"),
        "\\g<rank>的前\\g<n>名各部门",
    ),
    # 最大的项目占项目支出多少: which it is, then its share.
    (
        re.compile(
            "^(?P<before>.*?)(?P<rank>最[高多大贵低少小])的(?:那?[个家]|一[个家])?(?P<group>项目|单位|科目)"
            "(?:的?(?:预算|支出|经费|金额))?(?=占)"
        ),
        "\\g<before>哪个\\g<group>\\g<rank>，它",
    ),
)


def rewritten(text: str) -> str:
    """The question with a comma where one question ends and another begins."""
    text = text.replace("表一共", "表共")  # not 表一, the first table
    text = share_asked(asserted_in_words(instead(as_corrected(text))))
    text = _applied(_COUNTED, text)
    if "车" in text:
        text = _applied(_VEHICLES, text)
    text = _applied(_LEADS, text)
    if (left_out := _LEFT_OUT.search(text)) is not None:
        what = left_out["what"] or left_out["named"]
        text = f"{text[: left_out.start()]}{text[left_out.end() :]}，不含{what}"
    text = _RUN_TOGETHER.sub(r"\g<end>，", _one_by_one(text))
    if "采购" in text:
        text = _MODES.sub(r"\g<0>采购", text)
        if len(_KINDS_OF_PROCUREMENT.findall(text)) > 1:
            text = _KINDS_OF_PROCUREMENT.sub(r"\g<kind>类采购、", text)
    text = _applied(_PHRASES, text)
    if "除" not in text:
        text = _BESIDES.sub(r"\g<lead>除了\g<what>以外，", text)
    return _extremes(_applied(_RANKED, text))


def _applied(rules: _Rules, text: str) -> str:
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def _one_by_one(text: str) -> str:
    """Money and numbers of things asked for in one row become questions of their own."""
    match = _MIXED.match(text)
    if match is None:
        return text
    items = [i for i in re.split("[、和与及]|以及", match["items"]) if i]
    counted = [i for i in items if _COUNTED_ITEM.search(i)]
    if len(items) < 2 or not counted or len(counted) == len(items):
        return text
    return "，".join(f"{_COUNTED_ITEM.sub(_how_many, item)}多少" for item in items).replace(
        "有几个多少", "有几个"
    )


def _how_many(match: re.Match[str]) -> str:
    noun = re.sub("数量?$|个数$|总数$", "", match[0])
    return f"{noun}有几个" if noun in ("项目", "单位", "科室") else match[0]


def _extremes(text: str) -> str:
    match = _TWO_MEMBERS.search(text)
    if match is not None:
        noun = match["again"] or match["noun"]
        before, after = text[: match.start()], text[match.end() :]
        between = _BETWEEN.search(after)
        after = _BETWEEN.sub("", after).replace("分别", "").replace("各", "").strip("、，的")
        if noun and (between or match["noun"]):
            parts = [f"{before}{match[side]}的{noun}{after}" for side in ("first", "second")]
            if between:
                parts.append(
                    "两者相差几倍" if between["times"] or between["apart"] else "两者相差多少"
                )
            return "，".join(parts)
    match = _TWO_EXTREMES.search(text)
    if match is None:
        return text
    before, after = text[: match.start()], text[match.end() :].replace("分别", "").replace("各", "")
    return f"{before}{match['first']}{after}，{before}{match['second']}{after}"
