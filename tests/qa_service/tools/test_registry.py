"""The tools as LlamaIndex sees them: one for each plan, run over the release."""

from __future__ import annotations

from qa_service.service import AnswerService
from qa_service.tools.cells import CellFinder
from qa_service.tools.registry import TOOLS, function_tools
from qa_service.tools.results import Looked


def test_every_plan_is_a_tool_with_the_plans_schema(shipped_service: AnswerService) -> None:
    library = shipped_service.library()
    assert library is not None
    tools = {tool.metadata.name: tool for tool in function_tools(CellFinder(library))}
    assert len(tools) == len(TOOLS)
    schema = tools["lookup"].metadata.get_parameters_dict()
    assert "selectors" in schema["properties"]


def test_a_tool_called_with_arguments_gives_figures(shipped_service: AnswerService) -> None:
    library = shipped_service.library()
    assert library is not None
    (disclosure,) = library.disclosures()
    tools = {tool.metadata.name: tool for tool in function_tools(CellFinder(library))}
    selector = {
        "disclosure_id": disclosure.id,
        "name": "公务接待费",
        "readings": [{"axes": {"economic": "30217"}}],
    }
    result = tools["lookup"].call(selectors=[selector]).raw_output
    assert isinstance(result, Looked)
    (resolution,) = result.found
    assert resolution.cell is not None
    assert str(resolution.cell.value) == "4.94"
