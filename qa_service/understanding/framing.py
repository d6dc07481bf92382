"""What stands around a question and asks nothing: headers of forwarded letters, who asks and for
whom, what the answer is for; and numbers before its parts. Taken off before anything is linked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa_service.understanding.segment import Token, Word, segment

Lexica = Sequence[Mapping[str, Word]]

#: 【12345转】, [工单号…]: how a letter came in.
_HEADER = re.compile(
    "^\\s*[【\\[](?P<what>[^】\\]]{1,24})[】\\]]\\s*[:：,，]?(?=.*[\u4e00-\u9fff])"
)
_CAME_IN = re.compile(
    "转|工单|来电|来信|来函|来访|留言|热线|咨询|求助|求证|提问|投诉|信箱|网友|市民|群众|居民|村民|媒体|记者"
    "|问政|编号|加急|特急|紧急|急|办理|受理|答复|回复|待办|督办|公开申请|依申请"
)
#: Bodies that ask or are asked for: the asker's own, never the one asked about.
_BODY = (
    "[\u4e00-\u9fff]{1,10}?(?:局|委|厅|署|办公室|编办|府办|外办|台办|办|公司|集团|报社|日报|晚报|电视台|电台|报|大学"
    "|学院|中学|小学|学校|医院|研究院|研究所|银行|街道|社区|居委会|村委会|事务所|协会|工会|机关|单位|部门|中心)"
)
_PERSON = (
    "(?:[\u4e00-\u9fff]{0,2}?(?:同事|同志|朋友|哥们儿?|领导|熟人|同学|亲戚|伙伴|记者|处长|科长|主任|工作人员)"
    "|老[\u4e00-\u9fff]|小[\u4e00-\u9fff])们?"
)
_ONE = "(?:[1一]?[名个位]|的)?"
_AT_WORK = "(?:上班|工作|做事|干活|任职|当差|供职|就职|实习|挂职|跑腿)"
_WANTS = (
    "(?:想问|要问|在问|来问|问起|问到|询问|打听|咨询|想知道|要知道|想了解|要了解|关心|催问?|让我|叫我|托我|要我|请我|找我|问我|问)"
    "(?:来?(?:问|查|打听|了解|核实))?(?:一?下|一声|一句|问|个事儿?|件事儿?)?了?[:：,，]?"
)
_ASKERS: tuple[re.Pattern[str], ...] = (
    # 我是财政局的，… · 我在审计局上班，… — but 我们局 tells of the asker's own.
    re.compile(
        "(?:我们?|我[^的问说想要指讲看查们]{1,3}|咱们?|俺们?|本人|这里|这边|我这边|我这里|我方|我处)"
        f"(?:是|在|来自|就是)(?![问说想要指讲看查])(?:在|来自)?{_BODY}"
        f"(?:(?:里|那边|这边)?(?:的|{_AT_WORK}的?)?(?:{_ONE}{_PERSON})?)[,，。:：;；]"
    ),
    # 编办同事要：… · 审计局的要：…
    re.compile(
        f"{_BODY}(?:那边|里|这边)?的?(?:{_PERSON})?(?:急?需要?|急?要用?|急用|等着要)(?:的是)?[:：,，]"
    ),
    # 财政局的同志问会议费多少
    re.compile(f"{_BODY}(?:那边|里|这边)?(?:的{_PERSON}?|{_PERSON}){_WANTS}"),
    # 帮财政局的朋友问一下，…
    re.compile(
        f"(?:帮|替|代|给)(?:我)?{_BODY}(?:那边|里)?的?(?:{_PERSON})?(?:来?(?:问|查|打听|了解|核实))(?:一?下|一声|一句|问|个事儿?)?[:：,，]?"
    ),
)
_OWN = re.compile("我们|咱|我局|我委|我办|我厅|我院|我单位|本局|本单位|本部门|俺们")
#: 审计底稿需要：…, 想问三件事：…: a lead that ends in asking or needing.
_LEAD = re.compile("^(?P<lead>[^,，。?？:：;；]{1,18})[:：]+(?=[^:：]{2})")
_NEED = re.compile(
    "(?:需要?|要用?|用|求证|求问|求教|求助|请教|咨询|请问|请答|请回答|回答|询问|提问|想问|想知道|想了解|追问|问|转办?|转来|反映"
    "|留言|来电|来信|来函|采访|报道|核实|核对|确认|备查|备用|填报|对账|参考|请告知|告知|请提供|提供|紧急|加急|急)"
    "(?:一?下|以?下列?|问题|如下|哈|哦|啊|呀|嘛|了|的|个事儿?|件事儿?|一句|数据?|几个数)*$"
    "|(?:问|有|来|答|回答|下面|以下|如下)(?:你|您|你们)?(?:一?下)?(?:[仨俩几两1-9一二三四五六])(?:[个件点条样项道])?"
    "(?:事儿?|小?问题|数字?|东西|题)?(?:[哈哦啊呀吧呢]|要问|请教)*$"
)
#: What the answer is for, how and when it is wanted.
_MOTIVE = re.compile(
    "心里|有个?[底数谱]|论文|课题|作业|报告|材料|写稿|发稿|见报|登报|提案|议案|汇报|答复|回复|回话|回信|交差|存档|归档|备查|底稿|台账"
    "|放心|安心|踏实|等着|急用|着急|一次性?[答说讲回报给列]|[答说讲回]完|[答说讲]全|一起[答回说给报]|参考|上会|开会|会上|讨论"
    "|研究|学习|核实|核对|求证|登记|做[个张份]?(?:表|台账|对比|功课|课题|PPT|ppt)|好让|以便|便于|拜托|劳驾|受累|辛苦|麻烦"
    "|别绕|说人话|快点|赶紧|赶快|尽快|抓紧|求[解答]|在线等"
)
_LAST = re.compile("(?P<rest>.*[,，。?？!！;；…~])(?P<last>[^,，。?？!！;；…~]{2,20})[。!！~…]*$")
_FIRST = re.compile("^(?P<first>[^,，。?？!！;；:：]{2,20})[,，。!！;；:：](?P<rest>.{3,})$")
#: Cues of words that ask or compute: a phrase with one is no mere frame.
_SAYS = frozenset({"harmless", "greeting"})

_MARKS: tuple[re.Pattern[str], ...] = (
    re.compile("(?P<n>[①-⑨])"),
    re.compile("(?P<n>[⑴-⑼])"),
    re.compile("(?P<n>[㈠-㈨])"),
    re.compile("\\((?P<n>[1-9一二三四五六七八九])\\)"),
    re.compile("(?<![\\d.表第前个项图附级是为(])(?P<n>[1-9])(?:[.．、](?!\\d)|\\))"),
    re.compile("(?<![第十百表之统])(?P<n>[一二三四五六七八九])、"),
    re.compile("(?:(?<=^)|(?<=[:：,，。;；?？!！]))第(?P<n>[1-9])(?:个问题|问)?[,，、:：]"),
    re.compile("(?<![A-Za-z])(?P<n>[a-dA-D])(?:[.．、]|\\))(?=[\u4e00-\u9fff])"),
)
_ORDERS = (
    "①②③④⑤⑥⑦⑧⑨",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨",
    "123456789",
    "一二三四五六七八九",
    "abcd",
    "ABCD",
)
_ASKS = re.compile(
    "几|多少|吗|什么|哪|谁|呢$|为何|怎么|是否|有没有|有无|是不是|占比|比重|多大|啥|对不对|多高|多久|如何"
)
_JOINTLY = re.compile("各(?!项|单|个|部|家|类)|分别|合计|一共|总共|加起来|合起来|都是")
_HOW_MANY = re.compile("(?:共?有)?(?:几|多少)[个家](?=项目|单位|下属|部门)")
_COUNTED = re.compile("(?P<what>(?:下属|直属|所属)?(?:项目|单位))(?:的)?(?:个数|数量?|总数|家数)")
#: 科技局以下各项分别是多少：
_OF_EACH = re.compile(
    "(?:下列|以下|下面|如下)?(?:这?[几\\d][个项样])?(?:数据?|数字|金额|指标|内容)?(?:分别|各)(?:是|为|有)?(?:多少|几)(?:钱|万元)?$"
)


def unframed(text: str, lexica: Lexica) -> str:
    """The question without what frames it, each numbered part asking for itself."""
    header = _HEADER.match(text)
    if header is not None and _CAME_IN.search(header["what"]):
        text = text[header.end() :]
    for asker in _ASKERS:
        for match in asker.finditer(text):
            before, rest = text[: match.start()], text[match.end() :]
            apart = not before or before[-1] in ",，。:：;；!！?？" or _idle(before, lexica)
            if apart and len(rest) > 2 and not _OWN.search(rest):
                text = before + rest
                break
    lead = _LEAD.match(text)
    if lead is not None and _is_need(lead["lead"], lexica):
        text = text[lead.end() :]
    first = _FIRST.match(text)
    if first is not None and _is_motive(first["first"], lexica):
        text = first["rest"]
    while (last := _LAST.match(text)) is not None and _is_motive(last["last"], lexica):
        text = last["rest"].rstrip(",，;；…~")
    return numbered(text)


def numbered(text: str) -> str:
    """深圳统计局：①总预算②有几辆车 → 深圳统计局，总预算是多少？有几辆车."""
    for mark in _MARKS:
        found = _in_order(list(mark.finditer(text)))
        if len(found) > 1:
            break
    else:
        return text
    head = text[: found[0].start()].rstrip(":：,，。;；—- ")
    ends = [*(m.start() for m in found[1:]), len(text)]
    items = [
        text[m.end() : end].strip(",，。;；?？、 及和") for m, end in zip(found, ends, strict=True)
    ]
    if not all(items):
        return text
    of_each = _OF_EACH.search(head)
    if of_each is not None:
        return f"{head[: of_each.start()]}{'、'.join(items)}分别是多少"
    lead = f"{head}，" if head else ""
    asking = [bool(_ASKS.search(item)) for item in items]
    if not any(asking[:-1]) and asking[-1] and _JOINTLY.search(items[-1]):
        return lead + "、".join(items)
    told = (_question(item, asks) for item, asks in zip(items, asking, strict=True))
    return lead + "？".join(told)


def _question(item: str, asks: bool) -> str:
    if _HOW_MANY.match(item):
        return f"一共{item}"  # of its own, not of what the item before asked for
    if asks:
        return item
    counted = _COUNTED.fullmatch(item)
    return f"一共有几个{counted['what']}" if counted else f"{item}是多少"


def _in_order(marks: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Those of the marks that count up from one."""
    for order in _ORDERS:
        counted: list[re.Match[str]] = []
        for mark in marks:
            if len(counted) < len(order) and mark["n"] == order[len(counted)]:
                counted.append(mark)
        if len(counted) > 1:
            return counted
    return []


def _is_need(words: str, lexica: Lexica) -> bool:
    return bool(_NEED.search(words)) and _idle(_NEED.sub("", words), lexica)


def _is_motive(words: str, lexica: Lexica) -> bool:
    return bool(_MOTIVE.search(words)) and _idle(_MOTIVE.sub("，", words), lexica)


def _idle(words: str, lexica: Lexica) -> bool:
    """Whether nothing of budgets, departments, places, numbers or operations is said."""
    return not any(_tells(token) for token in segment(words, lexica))


def _tells(token: Token) -> bool:
    if token.amount is not None:
        return token.amount.unit not in ("个", "条", "项", "次", "位", "名")
    if token.year or token.number is not None:
        return True
    word = token.word
    if word is None:
        return False
    return bool(
        word.bindings or word.scopes or word.region or any(c.name not in _SAYS for c in word.cues)
    )
