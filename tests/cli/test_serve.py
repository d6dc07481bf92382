"""``budget-qa serve`` with settings that cannot be."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        (
            "BUDGET_QA_ALLOWED_ORIGINS",
            "https://*.example.cn",
            "“https://*.example.cn”不是网站的来源",
        ),
        ("BUDGET_QA_PUBLIC_URL", "ask.example.cn", "“ask.example.cn”不是网址"),
        ("BUDGET_QA_WORKERS", "0", "greater than or equal to 1"),
    ],
)
def test_impossible_setting_is_told_by_its_name(variable: str, value: str, told: str) -> None:
    result = CliRunner().invoke(app, ["serve"], env={variable: value, "COLUMNS": "200"})
    assert result.exit_code == 2
    assert f"设置{variable}不对：" in result.output
    assert told in result.output
