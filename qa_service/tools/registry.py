"""The tools by plan: plain functions, and the same as LlamaIndex ``FunctionTool``s.

Whichever planner made a plan, this is the one place where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from qa_service.tools import amounts, codes, groups, texts
from qa_service.tools.cells import CellFinder
from qa_service.tools.results import Result
from qa_service.understanding import plan as plans

if TYPE_CHECKING:
    from llama_index.core.tools import FunctionTool

#: Plan class → tool. Each tool is a function of the finder and its own plan class.
TOOLS: Mapping[type[plans.PlanModel], Callable[[CellFinder, Any], Result]] = {
    plans.Lookup: amounts.lookup,
    plans.Total: amounts.total,
    plans.Share: amounts.share,
    plans.Change: amounts.change,
    plans.Prior: amounts.prior,
    plans.Difference: amounts.difference,
    plans.Ratio: amounts.ratio,
    plans.Average: amounts.average,
    plans.Rank: groups.rank,
    plans.Listing: groups.listing,
    plans.Count: groups.count,
    plans.Define: texts.define,
    plans.Explain: texts.explain,
    plans.Targets: texts.targets,
    plans.FindTable: texts.find_table,
    plans.FundOf: texts.fund_of,
    plans.Codes: codes.codes,
    plans.Contents: texts.contents,
    plans.Search: texts.search,
}


def run(finder: CellFinder, plan: plans.Plan) -> Result:
    """Run a plan with its tool."""
    return TOOLS[type(plan)](finder, plan)


def function_tools(finder: CellFinder) -> list[FunctionTool]:
    """The tools for LlamaIndex agents: name, description and schema are those of the plan."""
    from llama_index.core.tools import FunctionTool  # a second of import: only where agents run

    def bound(kind: type[plans.PlanModel]) -> Callable[..., Result]:
        def call(**arguments: Any) -> Result:
            return TOOLS[kind](finder, kind(**arguments))

        return call

    return [
        FunctionTool.from_defaults(
            fn=bound(kind),
            name=kind.model_fields["op"].default,
            description=kind.__doc__ or "",
            fn_schema=kind,
        )
        for kind in TOOLS
    ]
