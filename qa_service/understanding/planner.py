"""The embedded planner: from a question and a conversation to checked, typed plans.

Deterministic and without any language model. Every part of a question gets a plan, a question
back, or a refusal; a part that its words do not explain is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from disclosure.lexicon.homophones import common_words
from disclosure.library import Library
from disclosure.model import ALL, Disclosure, Measure
from disclosure.text import fold
from qa_service.answering.suggestions import starters_of
from qa_service.tools.cells import CellFinder
from qa_service.tools.groups import listing as listing_members
from qa_service.tools.groups import narrow, singled_out
from qa_service.tools.groups import rank as rank_members
from qa_service.tools.texts import coverage
from qa_service.understanding.check import objections
from qa_service.understanding.choosing import Chooser
from qa_service.understanding.claims import with_assertion
from qa_service.understanding.clause import ALL_PROJECTS, WHOLE_BUDGET, Clause
from qa_service.understanding.computing import share
from qa_service.understanding.describing import described, sentence_of
from qa_service.understanding.following import going_on, year_before
from qa_service.understanding.framing import unframed
from qa_service.understanding.grouping import rank
from qa_service.understanding.operations import plan_of
from qa_service.understanding.parts import SENTENCE, parts_of
from qa_service.understanding.plan import (
    Ask,
    Average,
    Change,
    Contents,
    Count,
    Define,
    Difference,
    Explain,
    Group,
    Listing,
    Lookup,
    Memory,
    Part,
    Plan,
    Prior,
    Rank,
    Ratio,
    Refuse,
    Search,
    Selector,
    Share,
    Targets,
    TopicMemory,
    Total,
    Where,
)
from qa_service.understanding.pointing import pointing_nowhere
from qa_service.understanding.premises import false_premise
from qa_service.understanding.question import Question
from qa_service.understanding.reading import Reader
from qa_service.understanding.recall import POINTERS, recalled
from qa_service.understanding.refusals import refusal_of, unpublished
from qa_service.understanding.repeating import same_again
from qa_service.understanding.rewriting import rewritten
from qa_service.understanding.scope import Scope, ScopeIndex
from qa_service.understanding.segment import Token, segment
from qa_service.understanding.several import KEPT, named_again
from qa_service.understanding.vocabulary import general_words, national_words
from qa_service.understanding.wording import content_of

#: More departments or projects than this are not offered as options.
_MAX_OPTIONS = 6
#: Names are looked up before the disclosure is chosen only where so few are left.
_FEW_DISCLOSURES = 4
#: Characters of one name that must be said for the name to be taken without asking.
_SURE = 5
#: Characters of words that name an indicator without its project.
_TELLING = 4
_EACH = re.compile("各自?|分别")
_TOGETHER = re.compile("和|与|、|及|跟")
_MONEY_WORDS = re.compile(
    "钱|元|[几多少]亿|多少万|安排|结转|预算|支出|(?<!经)费|科目|采购|[批拨投花给砸](?:了|给)?(?:多少|几万)"
    "|[经资][费金](?:今年|一共|总共|大概)?(?:[有是为]|批了|拨了|给了)?(?:多少|几万)|多少[经资][费金]"
)
#: What is asked of many departments at once, and words for them.
_OF_MANY = ("rank", "count", "list", "each", "which", "compare", "total", "average")
_BUREAUS = re.compile("部门|[各个的些家]局|委办局|局委办|局里")
_DEPARTMENTS = re.compile(f"{_BUREAUS.pattern}|[些个各家的]单位|机关单位")
_OFFICE = re.compile("(?<=[局委厅办部署])(?:本级|机关|本部)$")
#: 在各部门里排第几: the place of the one department named.
_PLACE = re.compile("第几(?![个张])|(?:排名?|名次|位次|位列|位居)(?:是|为)?(?:多少|几|如何|怎么样)")
#: More members than this are not added one by one.
_MAX_ADDED = 40
_BETWEEN_TWO = re.compile(
    "(?:它们|他们|两者|二者|这?2[个项家者])?(?:之间)?(?:相差|差了?|差额|差距)(?:是|有)?"
    "(?:(?P<times>几倍|多少倍)|(?:多少|几|多大)(?:钱|万元|万|元)?)(?:呢|啊|呀)?"
)
#: Ends of phrases within a part, and heads of phrases that narrow what is asked.
_PHRASE_END = re.compile(f"[，,:：!！{SENTENCE}]|——|…+")
_NARROWS = re.compile(
    "在(?!下)|关于|有关|对于|针对|其中|用于|涉及|比如|例如|包括|其他|除|不含|只[算看要]|按"
)
_OF_A_QUESTION = (
    *("amount", "count", "list", "which", "rank", "share", "why", "when", "how", "who", "events"),
    *("target", "define", "purpose", "difference", "change", "ratio", "average", "has", "is_it"),
    *(
        "which_table",
        "which_fund",
        "code",
        "duty",
        "structure",
        "total",
        "rate",
        "convert",
        "place",
    ),
)
#: Topics that an everyday word names: 开会 in 领导要开会 asks for nothing.
_LOOSE = ("spoken", "weak", "national")
#: What documents call the things that 有几个项目 counts.
_PROJECTS = "项目"
#: The first code point that no text uses: it stands for a name while the rest is rewritten.
_PRIVATE = 0xE000
#: 谁多，多几万: said with the difference.
_BY_HOW_MUCH = re.compile(
    "(?:又|那)?(?:多|大|高|少|低|小|差)(?:了|出|出来)?(?:多少|几多|几|多大)(?:个?万|块|元|亿)?(?:钱|元)?(?:呢|啊|呀)?"
)
#: Operations that no performance target answers.
_NO_TARGET = ("why", "define", "which_table", "purpose", "total", "exclude", "rank", "share")
_GENERIC = re.compile(
    "(?:绩效|目标|指标|考核|年度|总体|预期|怎么|要|完成|达到|什么|多少|值|是|成果|效果|要求)+"
)
#: Share of the content's bigrams that a passage must hold to answer a question in its own words.
_SPOKEN_OF = 0.66
#: More passages than this speak of everything, not of what was asked.
_FEW_PASSAGES = 4
#: Single characters that name a thing: a question about one is never answered without it.
_THINGS = frozenset("车房楼船书药饭酒油树路桥灯狗鱼菜奶")
#: Plans that answer with the document's words: an unknown word of the question harms none.
_OWN_WORDS = (Contents, Define, Search, Explain, Targets)
#: Plans that reckon: verbs for it say no more in their questions.
_RECKONED = (Total, Ratio, Average, Difference, Share, Rank, Count, Change, Prior, *_OWN_WORDS)
#: A question without any of these and without a member of the data is not about disclosures.
_DOMAIN_WORDS = re.compile(
    "预算|决算|支出|收入|结转|结余|经费|资金|费用|采购|拨款|项目|科目|单位|部门|科室|编制|绩效|财政|公款|公务|补贴|补助|工资"
    "|中标|供应商|企业|多少钱|花了|万元|局|委|厅|办公室|中心|人员"
    "|党组织|党建|机构|人事|职工|干部|办公|资产|车辆|房屋|合同|招标|公务员|事业"
)


class Planner:
    """Plans questions over one release. Stateless but for caches; safe for several threads."""

    def __init__(self, library: Library, finder: CellFinder, own_department: str = "") -> None:
        self._library = library
        self._finder = finder
        disclosures = library.disclosures()
        self._disclosures = {d.id: d for d in disclosures}
        self._scopes = ScopeIndex(disclosures)
        self._reader = Reader(library, finder, self._scopes)
        self._chooser = Chooser(self._disclosures, self._scopes, own_department)

    @property
    def linking(self) -> tuple[ScopeIndex, Reader, Chooser]:
        """What links words to the release: other planners link with the same."""
        return self._scopes, self._reader, self._chooser

    def plan(
        self, question: Question, memory: Memory, allowed: Sequence[str]
    ) -> tuple[list[Part], Memory]:
        """Plans for every part of the question, and what the conversation then remembers.

        ``allowed`` are the disclosures that filters leave.
        """
        parts: list[Part] = []
        first = True
        near = memory.disclosure_ids[:1] or (tuple(allowed) if len(allowed) == 1 else ())
        text, echo = self._reader.corrected(self._rewritten(question.text, near), near)
        text = year_before(text, memory, self._disclosures)
        if memory.pending:
            text = self._scopes.answered(text, memory.pending)
            memory = memory.model_copy(update={"pending": ""})
        for words in self._scopes.named_later(parts_of(text, general_words())):
            if (between := self._between(words, parts)) is not None:
                parts.append(Part(words=words, plan=between, confidence=1.0))
                continue
            part, memory = self._plan_part(words, memory, allowed, same_turn=not first)
            if part is not None and part.premise is not None:
                parts.append(Part(words=words, plan=part.premise, confidence=1.0))
                part = part.model_copy(update={"premise": None})
            if part is None or (parts and _adds_nothing(part, parts[-1])):
                continue
            if parts and _asks_whose_of_refused(part, parts[-1]):
                continue
            if isinstance(part.plan, Refuse) and part.plan.reason == "department":
                # 科技局和教育局各多少: the one that is held is answered, the other named.
                detail = part.plan.detail  # 教育局 of 深圳市教育局, where its place is said before
                gone = next((detail[i:] for i in range(len(detail)) if detail[i:] in words), "")
                rest = _EACH.sub("", words.replace(gone, "") if gone else words)
                if not _TOGETHER.search(words):
                    rest = ""
                held, after = self._plan_part(rest, memory, allowed, same_turn=not first)
                if (
                    held is not None
                    and _names_held(self._scopes, rest)
                    and not isinstance(held.plan, Refuse | Ask)
                ):
                    parts.append(held)
                    memory = after
            if isinstance(part.plan, Rank):
                memory = self._singled_out(part.plan, memory)
            if all(part.plan != known.plan for known in parts):
                said = f"{echo}{part.echo}"
                parts.append(part.model_copy(update={"echo": said}) if first else part)
            first = first and _is_chat(part)
        understood = [p for p in parts if not _is_chat(p)]
        parts = understood or parts[:1]
        if not parts:
            parts.append(Part(words=question.text, plan=_greeting(question), confidence=1.0))
        return parts, memory.model_copy(update={"turns": memory.turns + 1})

    def _rewritten(self, text: str, near: Sequence[str]) -> str:
        """The question without its frame and rewritten, but for long names of the department that
        it names or that is near: 加班补贴之外 inside a name excludes nothing."""
        said = self._put_in_form(text)
        if said == text:
            return text
        tokens = segment(text, (general_words(), self._scopes.words))
        ids = self._scopes.read(tokens).disclosure_ids or near
        if len(ids) > _FEW_DISCLOSURES:
            return said
        held = {name for i in ids for name in self._reader.vocabulary(i).long_names}
        lost = sorted((n for n in held if n in text and n not in said), key=len, reverse=True)
        if not lost:
            return said
        for number, name in enumerate(lost):
            text = text.replace(name, chr(_PRIVATE + number))
        said = self._put_in_form(text)
        for number, name in enumerate(lost):
            said = said.replace(chr(_PRIVATE + number), name)
        return said

    def _put_in_form(self, text: str) -> str:
        return rewritten(unframed(text, (general_words(), self._scopes.words)))

    def _between(self, words: str, parts: Sequence[Part]) -> Plan | None:
        """最大的项目和最小的项目，两者相差多少: what lies between two rankings' members."""
        match = _BETWEEN_TWO.fullmatch(words)
        plans = [part.plan for part in parts[-2:]]
        ranks = [plan for plan in plans if isinstance(plan, Rank) and plan.member is None]
        if match is None or len(ranks) < 2:
            return None
        ends = [singled_out(rank_members(self._finder, plan)) for plan in ranks]
        if ends[0] is None or ends[1] is None:
            return None
        left, right = (ends[0],), (ends[1],)
        if match["times"]:
            return Ratio(left=left, right=right)
        return Difference(left=left, right=right)

    def _plan_part(
        self,
        words: str,
        memory: Memory,
        allowed: Sequence[str],
        *,
        same_turn: bool,
        spelled: bool = False,
    ) -> tuple[Part | None, Memory]:
        """One part planned. ``spelled``: a name stands in it in full, no other is put in."""
        words = _former_and_latter(words, memory)
        rough = segment(words, (general_words(), self._scopes.words, national_words()))
        if (again := self._named_again(words, rough, memory)) != words:
            words = again
            rough = segment(words, (general_words(), self._scopes.words, national_words()))
        scope = self._without_years_of_names(
            words, self._scopes.read(rough, memory.disclosure_ids), memory, allowed
        )
        if (office := _OFFICE.search(scope.unknown)) is not None:
            # 广州应急局本级, where only another city's is a disclosure of its own.
            name = scope.unknown
            apart = f"{name[: office.start()]}的{office[0]}"
            return self._plan_part(
                words.replace(name, apart, 1), memory, allowed, same_turn=same_turn
            )
        refusal = refusal_of(
            self._with_names(words, rough, scope, memory, allowed), scope, self._disclosures
        )
        if refusal is None and scope.unknown:
            if (related := self._chooser.related(scope.unknown, words)) is not None:
                return Part(words=words, plan=related, confidence=0.5), memory
            refusal = Refuse(status="not_disclosed", reason="department", detail=scope.unknown)
        if refusal is not None:
            named = tuple(unit for _, unit in scope.units)
            after = memory.model_copy(update={"units": named}) if named else memory
            return Part(words=words, plan=refusal, confidence=0.95), after
        if (across := self._across_departments(words, rough, scope, memory, allowed)) is not None:
            return across
        chosen = self._chooser.choose(words, scope, rough, memory, allowed)
        if isinstance(chosen, Refuse | Ask):
            if isinstance(chosen, Ask) and chosen.about == "department":
                memory = memory.model_copy(update={"pending": words})
            return Part(words=words, plan=chosen, confidence=0.9), memory
        part, after = self._planned(
            words, scope, chosen, memory, allowed, same_turn=same_turn, spelled=spelled
        )
        if len(chosen) == 1 and self._finds_nothing(part):
            for other in self._of_another_level(chosen[0], allowed):
                told, then = self._planned(
                    words, scope, [other], memory, allowed, same_turn=same_turn, spelled=spelled
                )
                if told is not None and not self._finds_nothing(told):
                    return told, then
        return part, after

    def _planned(
        self,
        words: str,
        scope: Scope,
        chosen: Sequence[Disclosure],
        memory: Memory,
        allowed: Sequence[str],
        *,
        same_turn: bool,
        spelled: bool = False,
    ) -> tuple[Part | None, Memory]:
        """The plan of one part, its words read against the disclosures chosen for it."""
        clauses = [self._reader.read(words, scope, disclosure) for disclosure in chosen]
        clause = replace(clauses[0], siblings=tuple(clauses[1:]))
        clause = recalled(clause, memory, same_turn=same_turn)
        if clause.inherited:
            siblings = tuple(replace(s, topics=clause.topics, inherited=True) for s in clauses[1:])
            clause = replace(clause, siblings=siblings)
        if not same_turn and _says_nothing(clause):
            return None, memory
        if not same_turn and (ask := self._pointing_nowhere(clause, memory)) is not None:
            return Part(words=words, plan=ask, confidence=0.6), memory
        if (unsaid := unpublished(clause)) is not None:
            descriptions = self._reader.descriptions(clause.disclosure.id)
            if clause.unknown and (sentence := sentence_of(clause, descriptions)) is not None:
                return Part(words=words, plan=sentence, confidence=0.6), memory
            part = Part(words=words, plan=unsaid, confidence=0.9)
            return part, self._remember(clause, part, memory)
        if rest := _without_talk(clause):
            told, after = self._plan_part(rest, memory, allowed, same_turn=same_turn)
            if told is not None and not isinstance(told.plan, Refuse | Ask | Search):
                return told, after
        plan = (
            self._follow_up(clause, memory)
            or self._without_first(clause)
            or self._others_listed(clause)
            or self._share_of_first(clause)
            or self._target(clause)
            or plan_of(clause)
        )
        plan = with_assertion(plan, clause) if plan is not None else None
        part = self._part(words, clause, self._told_number(plan))
        if isinstance(part.plan, Ask) and len(part.plan.options) == 1 and part.sure and not spelled:
            echo = part.echo
            named = self._plan_part(
                part.plan.options[0], memory, allowed, same_turn=same_turn, spelled=True
            )
            if named[0] is None or not echo:
                return named
            return named[0].model_copy(update={"echo": f"{echo}{named[0].echo}"}), named[1]
        if isinstance(part.plan, Refuse) and rest:
            return told or part, after
        premise = false_premise(clause, plan, self._finder)
        return part.model_copy(update={"premise": premise}), self._remember(clause, part, memory)

    def _finds_nothing(self, part: Part | None) -> bool:
        """Whether nothing is held of what a part asks for."""
        if part is None:
            return False
        if isinstance(part.plan, Lookup):
            return not any(self._finder.resolve(s).found for s in part.plan.selectors)
        return isinstance(part.plan, Refuse | Ask) and not part.sure

    def _of_another_level(self, chosen: Disclosure, allowed: Sequence[str]) -> list[Disclosure]:
        """What else the department published for the year: its 本级, beside the whole."""
        held = (self._disclosures[i] for i in allowed)
        return [
            other
            for other in held
            if (other.department, other.region) == (chosen.department, chosen.region)
            and (other.year, other.kind) == (chosen.year, chosen.kind)
            and other.level is not chosen.level
        ]

    def _told_number(self, plan: Plan | None) -> Plan | None:
        """有多少项目, where no table lists them: their number as the text tells it."""
        if not isinstance(plan, Count) or plan.group.axis != "project":
            return plan
        named = Selector(
            disclosure_id=plan.group.selector.disclosure_id,
            name=_PROJECTS,
            readings=(Where(measure=Measure.COUNT, axes={"item": _PROJECTS}),),
        )
        any_at_all = plan.condition is None or plan.condition.value == 0
        any_at_all = any_at_all and not any(w.axes for w in plan.group.selector.readings)
        listed = listing_members(self._finder, Listing(group=plan.group)).members
        if listed or not any_at_all or not self._finder.resolve(named).found:
            return plan
        return Lookup(selectors=(named,))

    def _named_again(self, words: str, tokens: Sequence[Token], memory: Memory) -> str:
        """两家差多少: the words with the departments of the last turns named in them."""
        if any(t.word and (t.word.scopes or t.word.region) for t in tokens) or memory.units:
            return words
        names = dict.fromkeys(
            self._disclosures[i].department for i in memory.recent if i in self._disclosures
        )
        return named_again(words, tuple(names))

    # -- whose figures -------------------------------------------------------------------------

    def _which_project(self, words: str, clause: Clause) -> Plan | Ask:
        """绩效目标是什么, of a department: of its only project, else asks of which one."""
        held = self._reader.indicators(clause.disclosure.id).projects
        held = [name for name in held if name != ALL]
        if len(held) == 1:
            return Targets(disclosure_id=clause.disclosure.id, project=held[0])
        owner = clause.disclosure.department if len(self._disclosures) > 1 else ""
        options = tuple(f"{owner}{name}的绩效目标是什么" for name in held[:_MAX_OPTIONS])
        if not options:
            options = self._starters(clause)
        return Ask(about="topic", detail="绩效目标", options=options)

    def _which_earmarked(self, words: str, clause: Clause) -> Ask:
        """专项资金多少, which no project is named by: asks which of them."""
        said = clause.cue_token("earmarked")
        assert said is not None
        names = self._reader.vocabulary(clause.disclosure.id).names.values()
        projects = sorted(
            (b.name for b in names if b.source == "project"), key=lambda name: "专项" not in name
        )
        options = [words.replace(said.text, name, 1) for name in projects[:_MAX_OPTIONS]]
        options = options or list(self._starters(clause))
        return Ask(about="topic", detail=said.text, options=tuple(options))

    def _with_names(
        self,
        words: str,
        tokens: Sequence[Token],
        scope: Scope,
        memory: Memory,
        allowed: Sequence[str],
    ) -> Sequence[Token]:
        """The tokens, where few disclosures can be meant with their long names as words: what such
        a name says is no operation and no reason to refuse."""
        ids = scope.disclosure_ids or memory.disclosure_ids or tuple(allowed)
        if len(ids) > _FEW_DISCLOSURES:
            return tokens
        names = [self._reader.vocabulary(i).long_names for i in ids]
        text = fold(words).lower()
        if not any(name in text for held in names for name in held):
            return tokens
        return segment(words, (general_words(), *names, self._scopes.words, national_words()))

    def _without_years_of_names(
        self, words: str, scope: Scope, memory: Memory, allowed: Sequence[str]
    ) -> Scope:
        """The scope without years that only the name of a project holds, not a disclosure."""
        ids = scope.disclosure_ids or memory.disclosure_ids or tuple(allowed)
        if not scope.years or len(ids) > _FEW_DISCLOSURES:
            return scope
        text = fold(words).lower()
        rest = text
        for disclosure_id in ids:
            for form in self._reader.vocabulary(disclosure_id).dated:
                rest = rest.replace(form, "")
        if rest == text:
            return scope
        held = {self._disclosures[i].year for i in ids}
        kept = tuple(year for year in scope.years if str(year) in rest or year in held)
        return replace(scope, years=kept)

    def _starters(self, clause: Clause) -> tuple[str, ...]:
        """Whole questions about the clause's disclosure, to choose from."""
        owner = clause.disclosure.department if len(self._disclosures) > 1 else ""
        return tuple(starters_of(self._finder, clause.disclosure, owner)[:_MAX_OPTIONS])

    def _pointing_nowhere(self, clause: Clause, memory: Memory) -> Ask | None:
        names = self._reader.vocabulary(clause.disclosure.id).names
        projects = [b.name for b in names.values() if b.source == "project"]
        ask = pointing_nowhere(clause, memory, projects)
        if ask is None or ask.options:
            return ask
        return ask.model_copy(update={"options": self._starters(clause)})

    def _across_departments(
        self,
        words: str,
        tokens: Sequence[Token],
        scope: Scope,
        memory: Memory,
        allowed: Sequence[str],
    ) -> tuple[Part, Memory] | None:
        """深圳哪个局的公务接待费最多: a group over departments, each counted once."""
        asked = any(cue.value == "department" for t in tokens if t.word for cue in t.word.cues)
        grouped = any(t.cue(name) for t in tokens for name in _OF_MANY) or any(
            t.number is not None for t in tokens
        )
        # 哪个单位的三公经费最多, of a department named before: its own units.
        placed = scope.named and scope.region is not None
        known = _BUREAUS if memory.disclosure_ids and not placed else _DEPARTMENTS
        asked = asked or (grouped and bool(known.search(words)))
        mentions = [t for t in tokens if t.word and t.word.scopes]
        if (place := self._place(words, scope, mentions, memory, allowed)) is not None:
            return place
        if not asked or mentions:
            return None
        ids = [
            i
            for i in (scope.disclosure_ids or allowed)
            if i in allowed and (not scope.years or self._disclosures[i].year in scope.years)
        ]
        if len(self._scopes.groups(ids)) < 2:
            return None
        years = sorted({self._disclosures[i].year for i in ids})
        if len(years) > 1 and not scope.years:
            ids = [i for i in ids if self._disclosures[i].year == years[-1]]
        clause = self._reader.read(
            words, replace(scope, disclosure_ids=tuple(ids), across=True), None, ids
        )
        plan = plan_of(clause)
        added = clause.has("total", "average") or "合计" in words
        if isinstance(plan, Listing) and added:
            plan = self._over_departments(clause, plan)
        part = self._part(words, clause, plan)
        return part, Memory(plan=None if isinstance(part.plan, Refuse | Ask) else part.plan)

    def _place(
        self,
        words: str,
        scope: Scope,
        mentions: Sequence[Token],
        memory: Memory,
        allowed: Sequence[str],
    ) -> tuple[Part, Memory] | None:
        """深圳卫健委的总预算在各部门里排第几: its place among the departments of its region."""
        if not _PLACE.search(words) or not _DEPARTMENTS.search(words) or len(mentions) > 1:
            return None
        ids = [i for i in (scope.disclosure_ids or memory.disclosure_ids) if i in allowed]
        groups = self._scopes.groups(ids) if mentions or not scope.named else []
        if len(groups) != 1 or scope.units:
            return None
        own = self._disclosures[
            self._scopes.choose(ids, scope.years, final=False, head_office=False)[0]
        ]
        among = [
            i
            for i in allowed
            if self._disclosures[i].region == own.region and self._disclosures[i].year == own.year
        ]
        if len(self._scopes.groups(among)) < 2:
            return None
        bare = words
        for mention in mentions:
            bare = bare.replace(mention.text, "", 1)
        bare = _PLACE.sub("最高", bare)
        whole = replace(scope, disclosure_ids=tuple(among), across=True)
        clause = self._reader.read(bare, whole, None, among)
        plan = rank(clause)
        if not isinstance(plan, Rank) or plan.group.axis != "department":
            return None
        part = self._part(bare, clause, plan.model_copy(update={"member": own.id}))
        if isinstance(part.plan, Refuse | Ask):
            return part, memory
        return part, Memory(disclosure_ids=(own.id,), topics=_kept(clause)[:1], plan=part.plan)

    def _without_first(self, clause: Clause) -> Plan | None:
        """除了前两大项目，其余合计多少: the whole less what a ranking comes to."""
        token = clause.cue_token("exclude")
        if token is None or clause.has("which"):
            return None
        off = re.split("[，,其剩]", clause.text[token.end :])[0]
        within = range(token.end, token.end + len(off))
        inside = [t for t in clause.tokens if t.start in within]
        named = any(t.cue("head_office") or (t.word and t.word.scopes) for t in inside)
        if named or not any(t.number or t.cue("rank") for t in inside):
            return None  # what is taken off is named, not ranked
        ranking = rank(clause)
        if not isinstance(ranking, Rank) or ranking.group.axis not in ("project", "unit"):
            return None
        group = ranking.group
        members = rank_members(self._finder, ranking).members
        minus = tuple(narrow(group.selector, group.axis, m.key) for m in members)
        whole = group.selector
        if group.axis == "project":
            unit = clause.units[0] if len(clause.units) == 1 else ALL
            whole = clause.select(ALL_PROJECTS, unit)
        return Total(selectors=(whole,), minus=minus) if minus else None

    def _share_of_first(self, clause: Clause) -> Plan | None:
        """前两大项目占项目支出几成: the first of a ranking together, as a share."""
        token = clause.cue_token("share")
        first = next((t for t in clause.tokens if t.number and t.text.startswith("前")), None)
        if token is None or first is None or first.start > token.start or not first.number:
            return None
        if "项目" not in clause.text[first.end : token.start] or first.number > _MAX_ADDED:
            return None
        unit = clause.units[0] if len(clause.units) == 1 else ALL
        group = Group(axis="project", selector=clause.select(WHOLE_BUDGET, unit))
        members = rank_members(self._finder, Rank(group=group, n=first.number)).members
        of_first = members[: first.number]  # those that tie with the last are as large
        parts = tuple(narrow(group.selector, "project", m.key) for m in of_first)
        whole = next(iter(clause.after(token.end)), ALL_PROJECTS)
        chosen = clause.select(whole, unit)
        return Share(parts=parts, together=True, whole=chosen) if parts else None

    def _others_listed(self, clause: Clause) -> Plan | None:
        """除了科技发展专项资金，还有哪些项目: the members of the group but those named."""
        token = clause.cue_token("exclude")
        lists = clause.has("list", "which", "group")
        if token is None or not lists or clause.has("total", "amount", "rank"):
            return None
        off = {w.axes["project"] for t in clause.topics for w in t.readings if "project" in w.axes}
        if not off or "项目" not in clause.text[token.end :]:
            return None
        unit = clause.units[0] if len(clause.units) == 1 else ALL
        group = Group(axis="project", selector=clause.select(WHOLE_BUDGET, unit))
        members = listing_members(self._finder, Listing(group=group)).members
        others = tuple(m.key for m in members if m.key not in off)
        return Listing(group=group.model_copy(update={"members": others})) if others else None

    def _over_departments(self, clause: Clause, plan: Listing) -> Plan:
        """深圳所有部门的三公经费合计多少 · 平均是多少: the figure of each department, added."""
        members = listing_members(self._finder, plan).members
        if not 1 < len(members) <= _MAX_ADDED:
            return plan
        if clause.has("average"):
            return Average(selector=plan.group.selector, per="member", group=plan.group)
        selectors = tuple(
            plan.group.selector.model_copy(update={"disclosure_id": m.key}) for m in members
        )
        return Total(selectors=selectors, unit=clause.money_unit())

    def _singled_out(self, plan: Rank, memory: Memory) -> Memory:
        """What 它 means in the next part: the member that a ranking comes to."""
        found = singled_out(rank_members(self._finder, plan))
        memory = memory.with_member(found)
        if found is not None and plan.group.axis == "unit":
            unit = found.readings[0].axes["unit"]
            return memory.model_copy(update={"units": (unit,), "member": None})
        return memory

    # -- plans ---------------------------------------------------------------------------------

    def _follow_up(self, clause: Clause, memory: Memory) -> Plan | None:
        """哪些 after a count, 最多的是哪个 after a list: the group of the turn before."""
        before = memory.plan
        if (again := same_again(clause, before) or going_on(clause, memory)) is not None:
            return again
        if isinstance(before, Total) and clause.text.startswith("占") and clause.has("share"):
            # 两项一共多少，占工资福利支出多少: the sum's share.
            part = share(clause)
            if isinstance(part, Share) and part.whole is not None and not before.minus:
                return part.model_copy(update={"parts": before.selectors, "together": True})
        group: Group | None = getattr(before, "group", None)
        own_topics = clause.topics and not clause.inherited
        other_units = clause.units != memory.units
        if group is None or own_topics or other_units or clause.has("group"):
            return None
        if isinstance(before, Listing | Rank) and clause.has("total"):
            return self._total_of(before)
        if clause.has("rank") or any(t.number is not None for t in clause.tokens):
            plan = rank(clause, group)
            return plan.model_copy(update={"group": group}) if isinstance(plan, Rank) else None
        if clause.has("list", "which", "each"):
            return Listing(group=group, condition=getattr(before, "condition", None))
        return None

    def _total_of(self, before: Listing | Rank) -> Plan | None:
        """总共多少钱 after a list or a ranking: what was listed or compared, added."""
        listed = before if isinstance(before, Listing) else Listing(group=before.group)
        members = listing_members(self._finder, listed).members
        if before.group.axis in ("row", "department") or not 1 < len(members) <= _MAX_ADDED:
            return None
        selectors = tuple(narrow(before.group.selector, before.group.axis, m.key) for m in members)
        return Total(selectors=selectors)

    def _target(self, clause: Clause) -> Plan | None:
        """要培训多少农民: words of a performance indicator, with or without its project."""
        if not clause.unknown or clause.has(*_NO_TARGET):
            return None
        projects = frozenset(
            w.axes["project"] for t in clause.topics for w in t.readings if "project" in w.axes
        )
        project = next(iter(projects)) if len(projects) == 1 else None
        wanted = clause.has("target") or (bool(projects) and not _about_money(clause))
        if not wanted and (_about_money(clause) or clause.has("list", "which")):
            return None
        if not projects and (
            sum(map(len, clause.unknown)) < _TELLING
            or not clause.has("target", "count", "amount", "events", "list", "has")
        ):
            return None
        found = self._reader.indicators(clause.disclosure.id).best(
            _own_words(clause), projects, clause.text
        )
        if found is None and project is not None and clause.has("count", "amount", "target"):
            descriptions = self._reader.descriptions(clause.disclosure.id)
            if (sentence := sentence_of(clause, descriptions)) is not None:
                return sentence
            # Which of the project's indicators is meant is left open: all are given.
            return Targets(disclosure_id=clause.disclosure.id, project=project)
        if found is None:
            return None
        return Targets(
            disclosure_id=clause.disclosure.id,
            project=found.coordinates.project,
            indicator=found.indicator,
        )

    def _part(self, words: str, clause: Clause, plan: Plan | None) -> Part:
        """The plan checked: every word explained, every constant said, every member held."""
        unexplained = tuple(w for w in clause.unknown if len(w) > 1 or w in _THINGS)
        if not isinstance(plan, _RECKONED) and not clause.has("convert"):
            reckoned = (t.text for t in clause.tokens if t.cue("reckoning"))
            unexplained += tuple(word for word in reckoned if word not in unexplained)
        size = max(1, sum(c.isalnum() for c in words))
        lost = sum(len(w) for w in clause.unknown)
        confidence = round(max(0.0, 1 - lost / size), 3)
        strange = objections(plan, words, self._finder) if plan is not None else []
        if strange:
            return self._refused(words, clause, tuple(strange))
        if plan is not None and (not unexplained or isinstance(plan, _OWN_WORDS)):
            return Part(words=words, plan=plan, confidence=confidence, unexplained=unexplained)
        asks_figure = clause.has("amount", "count", "list", "which", "rank", "share", "convert")
        content = content_of(clause)
        options, widened = self._reader.near(words, clause, unexplained)
        if len(options) == 1 and (widened >= _SURE or unexplained[0] not in common_words()):
            ask = Ask(about="topic", detail=unexplained[0], options=options)
            return Part(words=words, plan=ask, confidence=0.6, sure=True)
        if unexplained:
            descriptions = self._reader.descriptions(clause.disclosure.id)
            if (said := described(clause, descriptions)) is not None:
                ask = Ask(about="topic", detail=unexplained[0], options=(said.words,))
                return Part(words=words, plan=ask, confidence=0.6, sure=True, echo=said.echo)
            if (sentence := sentence_of(clause, descriptions)) is not None:
                return Part(words=words, plan=sentence, confidence=confidence)
        if unexplained and not asks_figure and self._spoken_of(clause.disclosure.id, content):
            search = Search(disclosure_ids=(clause.disclosure.id,), words=content)
            return Part(words=words, plan=search, confidence=confidence, unexplained=unexplained)
        if not unexplained and clause.has("target"):
            return Part(words=words, plan=self._which_project(words, clause), confidence=0.6)
        if not unexplained and clause.has("earmarked"):
            return Part(words=words, plan=self._which_earmarked(words, clause), confidence=0.6)
        if not unexplained:
            options = self._starters(clause)
            return Part(words=words, plan=Ask(about="topic", options=options), confidence=0.3)
        if not options and (quote := self._told_of(clause, content, unexplained)) is not None:
            return Part(words=words, plan=quote, confidence=0.5, unexplained=unexplained)
        return self._refused(words, clause, unexplained)

    def _told_of(self, clause: Clause, content: str, unexplained: Sequence[str]) -> Search | None:
        """What no name explains but a few passages speak of in the same words is quoted."""
        words = [fold(word) for word in unexplained if len(word) > 1]
        texts = [fold(p.text) for p in self._library.passages(clause.disclosure.id)]
        telling = [t for t in texts if all(word in t for word in words)]
        if not words or not 0 < len(telling) <= _FEW_PASSAGES:
            return None
        if max(coverage(content, text) for text in telling) < _SPOKEN_OF:
            return None
        return Search(
            disclosure_ids=(clause.disclosure.id,), words=content, must=tuple(unexplained)
        )

    def _refused(self, words: str, clause: Clause, detail: Sequence[str]) -> Part:
        """A part that the words or the data do not account for: nothing is guessed."""
        options, _ = self._reader.near(words, clause, detail)
        if options:
            ask = Ask(about="topic", detail=detail[0], options=options)
            return Part(words=words, plan=ask, confidence=0.4, unexplained=tuple(detail))
        named = any(t.word and t.word.scopes for t in clause.tokens)
        about_budgets = bool(clause.topics or clause.units or named) or bool(
            _DOMAIN_WORDS.search(words)
        )
        refuse = Refuse(
            status="not_disclosed" if about_budgets else "out_of_scope",
            reason="unrecognised" if about_budgets else "small_talk",
            detail="、".join(detail),
            disclosure_id=clause.disclosure.id,
        )
        return Part(words=words, plan=refuse, confidence=0.5, unexplained=tuple(detail))

    def _spoken_of(self, disclosure_id: str, content: str) -> bool:
        """Whether a passage of the disclosure speaks of the question's content."""
        return any(
            coverage(content, passage.text) >= _SPOKEN_OF
            for passage in self._library.passages(disclosure_id)
        )

    def _remember(self, clause: Clause, part: Part, memory: Memory) -> Memory:
        if isinstance(part.plan, Refuse | Ask):
            known: dict[str, object] = {"units": clause.units} if clause.units else {}
            if clause.topics and not clause.inherited:
                known["topics"] = _kept(clause)
            if clause.scope.named:
                known["disclosure_ids"] = (clause.disclosure.id,)
            return memory.model_copy(update=known)
        topics = _kept(clause)
        ids = (clause.disclosure.id, *(s.disclosure.id for s in clause.siblings))
        one_topic = not topics or [t.name for t in topics] == [t.name for t in memory.topics]
        recent = ids
        if one_topic and not clause.units and len(ids) == 1:
            recent = (*(i for i in memory.recent if i not in ids), *ids)[-KEPT:]
        return memory.after(
            part.plan,
            disclosure_ids=ids,
            recent=recent,
            units=clause.units,
            topics=topics,
            turns=memory.turns,
        )


def _kept(clause: Clause) -> tuple[TopicMemory, ...]:
    return tuple(TopicMemory(name=t.name, readings=t.readings) for t in clause.topics[:6])


def _own_words(clause: Clause) -> str:
    """The content of the clause without the project's name; 满意度 is content, 绩效目标 is not."""
    return "".join(
        t.text
        for t in clause.tokens
        if t.unknown
        or (t.cue("target") and not _GENERIC.fullmatch(t.text))
        or (t.word and t.word.bindings and all(b.source != "project" for b in t.word.bindings))
    )


def _adds_nothing(part: Part, before: Part) -> bool:
    """差多少 after a change, 各多少钱 after a ranking: said already by the part before."""
    if part.unexplained or isinstance(before.plan, Refuse | Ask):
        return False
    if isinstance(part.plan, Ask):
        return part.plan.about == "topic" and not part.plan.detail
    if isinstance(before.plan, Change) and isinstance(part.plan, Share) and not part.plan.whole:
        return part.plan.parts == before.plan.selectors  # …fall, in percent
    if isinstance(before.plan, Difference) and _BY_HOW_MUCH.fullmatch(part.words):
        return True  # 谁大，大多少
    grouped = isinstance(before.plan, Rank | Listing | Count) and isinstance(part.plan, Listing)
    return grouped and part.plan.group == before.plan.group  # type: ignore[union-attr]


def _asks_whose_of_refused(part: Part, before: Part) -> bool:
    """大多少 after a department that is not held: whose figure is meant was said already."""
    refused = isinstance(before.plan, Refuse) and before.plan.reason == "department"
    return refused and isinstance(part.plan, Ask) and part.plan.about == "department"


def _without_talk(clause: Clause) -> str:
    """The clause without its phrases that say nothing known to the data: talk, or an instruction
    to the service; '' where the unknown words stand in the question itself."""
    phrases = [p for p in _PHRASE_END.split(clause.text) if p]
    kept = [p for p in phrases if not any(word in p for word in clause.unknown)]
    if not kept or len(kept) == len(phrases):
        return ""
    lost = "".join(p for p in phrases if p not in kept)
    if any(_NARROWS.match(p) for p in phrases if p not in kept):
        return ""  # 在小学阶段，教育支出多少: what the unknown word says limits the question
    asking = [t.text for t in clause.tokens if any(t.cue(name) for name in _OF_A_QUESTION)]
    if any(a in lost for a in asking) and not any(a in "".join(kept) for a in asking):
        return ""  # 科技服务专项，报纸公告登几次: the question itself
    own = [t for t in clause.topics if not clause.inherited]
    said = [(t, clause.text[t.start : t.end]) for t in own]
    beside = any(name and name in "".join(kept) and t.source not in _LOOSE for t, name in said)
    if any(name and name in lost and not (beside and t.source in _LOOSE) for t, name in said):
        return ""
    # 我们家附近有个情报研究所，它…: who was named there is still meant.
    whose = [
        t.text
        for t in clause.tokens
        if t.word and (t.word.scopes or t.word.region) and t.text in lost
    ]
    return "，".join(["".join(whose), *kept] if whose else kept)


def _former_and_latter(words: str, memory: Memory) -> str:
    """前者是后者的几倍: the things named in the last turns, in the words' place."""
    names = [topic.name for topic in (*memory.earlier, *memory.topics)][-2:]
    if len(names) < 2 or "前者" not in words or "后者" not in words or names[0] == names[1]:
        return words
    return words.replace("前者", names[0]).replace("后者", names[1])


def _about_money(clause: Clause) -> bool:
    """Whether the words beside a project's name speak of money, not of what is to be reached."""
    text = "".join(
        t.text
        for t in clause.tokens
        if not (t.word and any(b.source == "project" for b in t.word.bindings))
    )
    return bool(_MONEY_WORDS.search(text))


def _says_nothing(clause: Clause) -> bool:
    """Padding only: nothing is named, nothing is asked, nothing pointed at."""
    return (
        not any(word in clause.text for word in POINTERS)
        and not clause.topics
        and not clause.unknown
        and not clause.scope.named
        and not any(
            token.word and not token.word.harmless and not token.cue("greeting")
            for token in clause.tokens
        )
    )


def _names_held(scopes: ScopeIndex, words: str) -> bool:
    tokens = segment(words, (general_words(), scopes.words))
    return any(token.word and token.word.scopes for token in tokens)


def _is_chat(part: Part) -> bool:
    return isinstance(part.plan, Refuse) and part.plan.reason in ("small_talk", "greeting")


def _greeting(question: Question) -> Refuse:
    return Refuse(status="out_of_scope", reason="greeting", detail=question.text)
