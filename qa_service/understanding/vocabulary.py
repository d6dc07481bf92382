"""Words that name members of one disclosure's data, derived from the data by rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

from disclosure.lexicon import lexicon
from disclosure.lexicon.classification import economic, functional, gov_economic
from disclosure.lexicon.nouns import noun_forms, nouns
from disclosure.lexicon.operations import Cue, cues
from disclosure.lexicon.spoken import spoken_forms, sums, table_names
from disclosure.model import ALL, AXES, Disclosure, Fact, Measure, PublishedTable, TableKind
from disclosure.text import fold
from qa_service.understanding.numerals import digits
from qa_service.understanding.plan import Where
from qa_service.understanding.segment import Binding, ScopeBinding, Word

#: Project names are said without these endings.
_PROJECT_TAILS = re.compile(r"(?:专项)?(?:工作)?(?:专项)?(?:经费|资金|费用|费|项目|支出|服务|等)+$")
_TABLE_LABEL = re.compile(r"表0*(\d+)|(\d+)表")
#: Bare words that are a topic only where nothing else is.
_BARE_MEASURES = {"支出": Measure.EXPENDITURE, "收入": Measure.REVENUE}
#: 基本支出表里的差旅费: what a figure's place in a table says of its scope.
_COORDINATES: Mapping[str, Where] = {
    TableKind.BASIC_EXPENDITURE: Where(axes={"kind": "basic"}),
    TableKind.THREE_PUBLIC: Where(measure=Measure.THREE_PUBLIC),
    TableKind.GENERAL_EXPENDITURE: Where(axes={"fund": "general"}),
    TableKind.PROCUREMENT: Where(measure=Measure.PROCUREMENT),
    TableKind.SERVICE_PURCHASE: Where(measure=Measure.SERVICE_PURCHASE),
    TableKind.REVENUE: Where(measure=Measure.REVENUE),
    TableKind.EXPENDITURE: Where(measure=Measure.EXPENDITURE),
    TableKind.FISCAL: Where(axes={"fund": "fiscal"}),
    TableKind.GOVERNMENT_FUND: Where(axes={"fund": "government_fund"}),
    TableKind.STATE_CAPITAL: Where(axes={"fund": "state_capital"}),
    TableKind.PROJECTS: Where(axes={"kind": "project"}),
}
#: 项目支出合计 is 项目支出, added where several are named.
_SUMMED_UP = {"kind", "nature", "economic"}
#: Words for adding that stand inside a colloquial form (预算一共多少).
_SUMMING = ("一共", "总共", "合计")
_SUM_TAILS = ("合计", "总计", "总额", "总和")
#: A thing of the procurement catalogue printed with its code: C21040000物业管理服务.
_CATALOGUED = re.compile(r"([A-C]\d{2,12})([\u4e00-\u9fff].+)")
_STAFF_HEAD = "编制"
#: Kinds of units that are no part of other words.
KINDS_OF_UNITS = (
    *("研究所", "研究院", "图书馆", "博物馆", "文化馆", "档案馆", "幼儿园", "福利院", "救助站"),
    *("戒毒所", "美术馆", "科技馆", "体育馆", "纪念馆", "天文馆", "监督所", "党校"),
)
#: Characters of a name that is long, and the sources of names that documents coin.
_LONG = 5
_OPEN = ("project", "item", "indicator")
#: 预算执行率 is the name of an indicator, but whoever asks for it asks what was spent.
_CARRIED_OUT = re.compile("(?:预算|资金|支出).*(?:执行|完成|使用|进度)")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMERALS = "零一二三四五六七八九十"


class Vocabulary:
    """Forms of one disclosure's members, and the open names that fuzzy linking searches."""

    def __init__(
        self,
        disclosure: Disclosure,
        facts: Iterable[Fact],
        tables: Iterable[PublishedTable],
    ) -> None:
        self.disclosure = disclosure
        self.words: dict[str, Word] = {}
        self.names: dict[str, Binding] = {}
        self.indicators: dict[str, Binding] = {}
        self._subjects()
        self._open_names(facts)
        self._tables(tables)
        self._kinds_of_units()
        #: Forms of projects that hold a year of their own, longest first.
        self.dated = tuple(sorted(filter(self._dated_name, self.words), key=len, reverse=True))
        #: Long names: a word inside one of them says nothing else (决算 in 预决算管理业务).
        self.long_names = {
            form: word
            for form, word in self.words.items()
            if len(form) >= _LONG and any(b.source in _OPEN for b in word.bindings)
            if not _CARRIED_OUT.search(form)
        }

    def _add(self, form: str, binding: Binding) -> None:
        key = fold(form).lower()
        if len(key) < 2:
            return
        word = Word(bindings=(binding,))
        for spelling in {key, digits(key)}:  # 两河工程: questions have their numbers in digits
            known = self.words.get(spelling)
            self.words[spelling] = known | word if known else word

    def _dated_name(self, form: str) -> bool:
        return bool(_DATED.search(form)) and any(
            binding.source == "project" for binding in self.words[form].bindings
        )

    def official_names(self) -> list[str]:
        """Names of everything that may be asked about: terms, units, subjects, projects."""
        names = dict.fromkeys(concept.name for concept in lexicon().concepts)
        names |= dict.fromkeys(unit.name for unit in self.disclosure.units)
        names |= dict.fromkeys(subject.name for subject in self.disclosure.subjects)
        return list(names | dict.fromkeys(self.names))

    def _subjects(self) -> None:
        for subject in self.disclosure.subjects:
            where = Where(axes={subject.axis: subject.key})
            binding = Binding(where, subject.name, subject.axis)
            self._add(subject.name, binding)
            if subject.code:
                self._add(subject.code, binding)
            if subject.axis == "subject":
                other = _spending_form(subject.name, subject.code)
                self._add(other, binding)
            for form in spoken_forms(subject.axis, subject.code):
                self._add(form, binding)

    def _open_names(self, facts: Iterable[Fact]) -> None:
        owners = {self.disclosure.department, *(unit.name for unit in self.disclosure.units)}
        seen: set[tuple[str, ...]] = set()
        for fact in facts:
            c = fact.coordinates
            if c.project != ALL and c.project not in owners and ("project", c.project) not in seen:
                seen.add(("project", c.project))
                binding = Binding(Where(axes={"project": c.project}), c.project, "project")
                self.names[c.project] = binding
                for form in self._project_forms(c.project):
                    self._add(form, binding)
            of = {"project": c.project} if c.project != ALL else {}
            place = (fact.measure, c.item, *of.values())
            if c.item != ALL and c.item not in owners and place not in seen:
                seen.add(place)
                where = Where(measure=fact.measure, axes={"item": c.item, **of})
                binding = Binding(where, c.item, "item")
                known = self.names.get(c.item)
                if known is None or fact.measure is Measure.PROCUREMENT:
                    self.names[c.item] = binding
                for form in self._project_forms(c.item) if of else (c.item, *noun_forms(c.item)):
                    self._add(form, binding)
                if catalogued := _CATALOGUED.fullmatch(c.item):
                    for form in catalogued.groups():
                        self._add(form, binding)
            if fact.measure is Measure.TARGET:
                self._indicator(fact, seen)
        self._kinds_of_staff()

    def _kinds_of_staff(self) -> None:
        """编制 means 行政编制 and 事业编制 where the document gives no figure for both together."""
        kinds = [b for b in self.names.values() if b.where.measure == Measure.STAFF]
        kinds = [b for b in kinds if b.name.endswith(_STAFF_HEAD)]
        if any(b.name in (_STAFF_HEAD, *noun_forms(_STAFF_HEAD)) for b in kinds):
            return
        for binding in kinds:
            for form in (_STAFF_HEAD, *noun_forms(_STAFF_HEAD)):
                self._add(form, binding)

    def _indicator(self, fact: Fact, seen: set[tuple[str, ...]]) -> None:
        named = ("indicator", fact.indicator, fact.coordinates.project)
        if not fact.indicator or named in seen:
            return
        seen.add(named)
        axes = {axis: v for axis in AXES if (v := getattr(fact.coordinates, axis)) != ALL}
        axes.pop("item", None)
        where = Where(measure=Measure.TARGET, axes=axes)
        binding = Binding(where, fact.indicator, "indicator", indicator=fact.indicator)
        self.indicators.setdefault(fact.indicator, binding)
        self._add(fact.indicator, binding)

    def _project_forms(self, name: str) -> list[str]:
        """A project's name, without the region or department it begins with, without its tail."""
        forms = [name]
        region = self.disclosure.region
        heads = [self.disclosure.department, region.city, region.district, region.province]
        heads += [head[:-1] for head in (region.city, region.district) if len(head) > 2]
        for head in heads:
            if head and name.startswith(head) and len(name) - len(head) >= 4:
                forms.append(name.removeprefix(head))
        forms += [piece for piece in name.split("、") if len(piece) >= 4 and "、" in name]
        for form in tuple(forms):
            short = _PROJECT_TAILS.sub("", form)
            if len(short) >= 4 and short != form:
                forms.append(short)
        return forms

    def _kinds_of_units(self) -> None:
        """研究所 names the only research institute among the units."""
        for kind in KINDS_OF_UNITS:
            of_kind = [u for u in self.disclosure.units if fold(u.name).endswith(kind)]
            if len(of_kind) == 1 and not self.disclosure.department.endswith(kind):
                binding = ScopeBinding(self.disclosure.id, of_kind[0].key, of_kind[0].name)
                word = Word(scopes=(binding,))
                known = self.words.get(kind)
                self.words[kind] = known | word if known else word

    def _tables(self, tables: Iterable[PublishedTable]) -> None:
        for table in tables:
            where = _COORDINATES.get(table.kind, Where())
            binding = Binding(where, table.title or table.label, "table", table_id=table.id)
            for form in _table_forms(table):
                self._add(form, binding)


def _spending_form(name: str, code: str) -> str:
    """How a functional subject is also said: a class without 支出 (教育), one whose end would be
    taken for a term of its own with it (机关服务支出, which is no 服务支出)."""
    if name.endswith("支出"):
        return name.removesuffix("支出") if len(code) == 3 else name
    said = f"{name}支出"
    inside = any(fold(said[at:]) in general_words() for at in range(1, len(name)))
    return said if inside else name


def _table_forms(table: PublishedTable) -> list[str]:
    forms = [f for f in (table.title, table.label) if f]
    forms += table_names(table.kind)
    match = _TABLE_LABEL.search(fold(table.label))
    if match:
        number = int(match[1] or match[2])
        forms += [f"表{number}", f"表{number:02d}", f"第{number}张表", f"第{number}个表"]
        numeral = _numeral(number)
        forms += [f"表{numeral}", f"第{numeral}张表", f"第{numeral}个表", f"{number:02d}表"]
        forms += [f"第{numeral}张", f"第{numeral}号表", f"{number}号表"]
    return forms


def _numeral(number: int) -> str:
    """1 to 99 in Chinese, as tables are counted."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return head + (_NUMERALS[ones] if ones else "")


@cache
def general_words() -> Mapping[str, Word]:
    """Forms of general budget language, of every disclosure alike."""
    words: dict[str, Word] = {}

    def add(form: str, word: Word) -> None:
        key = fold(form).lower()
        words[key] = words[key] | word if key in words else word

    for concept in lexicon().concepts:
        sets = dict(concept.sets)
        measure, aspect = sets.pop("measure", None), sets.pop("aspect", None)
        if aspect:
            continue  # aspects of a figure are operations: the cues name them
        where = Where(measure=measure, axes=sets)
        named = Word(bindings=(Binding(where, concept.name, "concept"),))
        for form in (concept.name, *concept.formal):
            add(form, named)
        if set(sets) & _SUMMED_UP:
            for form, tail in product((concept.name, *concept.formal[:2]), _SUM_TAILS):
                add(form + tail, named | Word(cues=(Cue("total"),)))
        for form in concept.colloquial:
            summed = (Cue("total"),) if any(word in form for word in _SUMMING) else ()
            add(form, Word(bindings=(Binding(where, concept.name, "spoken"),), cues=summed))
    for form, measure in _BARE_MEASURES.items():
        add(form, Word(bindings=(Binding(Where(measure=measure), f"{form}总预算", "weak"),)))
    for form, codes in sums().items():
        for code in codes:
            where = Where(axes={"economic": code})
            name = economic().by_code(code) or f"{code}经费"
            add(form, Word(bindings=(Binding(where, name, "sum"),)))
    for form, found in cues().items():
        for spelling in {form, digits(form)}:  # questions have their numbers in digits
            add(spelling, Word(cues=found))
    return words


@cache
def national_words() -> Mapping[str, Word]:
    """Names of the national classification: they recognise what a disclosure does not contain."""
    words: dict[str, Word] = {}
    axes = {"subject": functional(), "economic": economic(), "gov_economic": gov_economic()}
    for axis, classification in axes.items():
        for code in classification:
            names = classification.names(code)
            forms = [code, *names, *spoken_forms(axis, code)]
            if axis == "subject":
                forms += [_spending_form(name, code) for name in names]
            for form in forms:
                key = fold(form).lower()
                if len(key) < 2 or key in cues():
                    continue
                binding = Binding(Where(axes={axis: code}), names[0], "national")
                word = Word(bindings=(binding,))
                words[key] = words[key] | word if key in words else word
    for noun in nouns():
        for form in (*noun.labels, *noun.spoken):
            if len(form) > 1 and form not in cues():
                where = Where(axes={"item": noun.labels[0]})
                word = Word(bindings=(Binding(where, noun.labels[0], "national"),))
                words[form] = words[form] | word if form in words else word
    return words
