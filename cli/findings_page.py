"""The reconciliation report as one web page that needs nothing beside itself: it can be mailed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from cli.findings import OUTCOME_NAMES, Checked, passed_share, total
from disclosure.model import Finding, Outcome
from disclosure.money import format_number
from ingest.reconcile import RULES

_STYLE = """
body{font:16px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1b1b1b;
 max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}
h2{font-size:1.2rem;margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}
table{border-collapse:collapse;width:100%;margin:.8rem 0}
th,td{border:1px solid #ccc;padding:.35rem .6rem;text-align:left;vertical-align:top}
th{background:#f1f4f8}td.n,th.n{text-align:right;white-space:nowrap}
.bad{color:#9b1c1c;font-weight:600}.good{color:#1b5e20}summary{cursor:pointer;padding:.2rem 0}
@media print{details{display:none}}
"""
#: Of one reason for not checking, so many places are named.
_NAMED = 5


def page(checked: Sequence[Checked]) -> str:
    """The whole page; everything that a document says is escaped."""
    body = "".join((*_overview(checked), *(_section(one) for one in checked), _rules()))
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>勾稽核对报告</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _overview(checked: Sequence[Checked]) -> Iterator[str]:
    counts = total(checked)
    yield "<h1>勾稽核对报告</h1>"
    yield (
        f"<p>共{len(checked)}份公开文件，核对{_made(counts)}处：相符{counts[Outcome.PASS]}处，"
        f"在四舍五入范围内{counts[Outcome.ROUNDING]}处，"
        f"不符{counts[Outcome.MISMATCH]}处；另有{counts[Outcome.NOT_CHECKED]}处未核对，"
        f"不计入相符。相符率{passed_share(counts)}。</p>"
        "<p>不符不一定是错误：涉密内容不公开、口径不同都可能造成，请对照原文判断。"
        "本报告只指出，不改动任何数。</p>"
    )
    heads = "".join(f'<th class="n">{OUTCOME_NAMES[o]}</th>' for o in Outcome)
    yield f'<table><thead><tr><th>公开文件</th>{heads}<th class="n">相符率</th></tr></thead><tbody>'
    for one in checked:
        cells = "".join(_count(outcome, one.counts[outcome]) for outcome in Outcome)
        yield (
            f'<tr><td><a href="#{escape(one.disclosure.id)}">{escape(one.title)}</a></td>'
            f'{cells}<td class="n">{passed_share(one.counts)}</td></tr>'
        )
    yield "</tbody></table>"


def _made(counts: Counter[Outcome]) -> int:
    return sum(counts[outcome] for outcome in Outcome if outcome is not Outcome.NOT_CHECKED)


def _count(outcome: Outcome, count: int) -> str:
    bad = " bad" if outcome is Outcome.MISMATCH and count else ""
    return f'<td class="n{bad}">{count}</td>'


def _section(one: Checked) -> str:
    mismatches = one.of(Outcome.MISMATCH)
    shown = _table(mismatches) if mismatches else '<p class="good">核对过的各处没有不符。</p>'
    rounding = one.of(Outcome.ROUNDING)
    folded = [
        _folded(f"四舍五入 {len(rounding)}处", _table(rounding)) if rounding else "",
        _folded(f"未核对 {one.counts[Outcome.NOT_CHECKED]}处", _reasons(one)),
        _folded(f"相符 {one.counts[Outcome.PASS]}处", _by_rule(one.of(Outcome.PASS))),
    ]
    return (
        f'<h2 id="{escape(one.disclosure.id)}">{escape(one.title)}</h2>'
        f"<p>{escape(one.disclosure.title)}，相符率{passed_share(one.counts)}</p>"
        f"{shown}{''.join(folded)}"
    )


def _folded(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def _table(findings: Iterable[Finding]) -> str:
    rows = "".join(
        f"<tr><td>{escape(f.rule)}</td><td>{escape(f.message)}</td>"
        f'<td class="n">{_value(f, expected=False)}</td>'
        f'<td class="n">{_value(f, expected=True)}</td></tr>'
        for f in findings
    )
    heads = '<th>规则</th><th>说明</th><th class="n">公开数</th><th class="n">应为</th>'
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _value(finding: Finding, expected: bool) -> str:
    value = finding.expected if expected else finding.actual
    return "" if value is None else escape(f"{format_number(value)}{finding.unit}")


def _reasons(one: Checked) -> str:
    """What was not checked, by rule: its reasons, long lists cut."""
    by_rule: defaultdict[str, list[str]] = defaultdict(list)
    for finding in one.of(Outcome.NOT_CHECKED):
        by_rule[finding.rule].append(finding.message)
    rows = []
    for rule, messages in by_rule.items():
        named = "<br>".join(map(escape, messages[:_NAMED]))
        more = f"<br>……共{len(messages)}处" if len(messages) > _NAMED else ""
        rows.append(f"<tr><td>{escape(rule)}</td><td>{named}{more}</td></tr>")
    head = "<tr><th>规则</th><th>原因</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _by_rule(findings: Iterable[Finding]) -> str:
    rows = "".join(
        f'<tr><td>{escape(rule)}</td><td class="n">{count}</td></tr>'
        for rule, count in Counter(f.rule for f in findings).items()
    )
    head = '<tr><th>规则</th><th class="n">处</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _rules() -> str:
    rows = "".join(
        f"<tr><td>{escape(rule.name)}</td><td>{escape(rule.says)}</td>"
        f"<td>{escape(rule.example)}</td><td>{escape(rule.counter)}</td></tr>"
        for rule in RULES
    )
    head = "<tr><th>规则</th><th>含义</th><th>相符的例子</th><th>不符的例子</th></tr>"
    return (
        "<h2>规则</h2><p>每个公开数代表其末位半个单位的区间："
        "合计与各部分的区间相交，属四舍五入；不相交，为不符。</p>"
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    )
