"""Errors as RFC 9457 problem details: the closed list of problem types and how they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Response
from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of error. ``code`` is stable and part of the contract; the texts may be bettered."""

    code: str
    status: int
    title: str
    remedy: str


EMPTY_QUESTION = ProblemType(
    "empty_question", 422, "问题是空的", "请写下想了解的内容，例如“三公经费预算是多少？”。"
)
QUESTION_TOO_LONG = ProblemType(
    "question_too_long", 422, "问题太长", "请把问题缩短到500字以内，或分成几个问题来问。"
)
QUESTION_NOT_TEXT = ProblemType(
    "question_not_text", 422, "问题不是文字", "请用UTF-8编码的普通文字提问。"
)
INVALID_JSON = ProblemType(
    "invalid_json",
    422,
    "请求正文不是有效的JSON",
    '请以UTF-8编码发送JSON，例如{"question": "三公经费预算是多少？"}。',
)
INVALID_REQUEST = ProblemType(
    "invalid_request", 422, "请求内容不符合要求", "请对照接口文档/docs检查各字段。"
)
BODY_TOO_LARGE = ProblemType("body_too_large", 413, "请求正文太大", "请缩短请求内容后重试。")
RATE_LIMITED = ProblemType(
    "rate_limited", 429, "提问过于频繁", "请等待Retry-After所示的秒数后再试。"
)
KEY_REQUIRED = ProblemType(
    "key_required",
    401,
    "需要密钥",
    "请以Authorization: Bearer 密钥 的方式带上密钥；密钥由管理员用budget-qa keys add发给。",
)
INVALID_KEY = ProblemType(
    "invalid_key", 401, "密钥无效", "请核对密钥是否完整，或向管理员申请新的密钥。"
)
EXPIRED_KEY = ProblemType("expired_key", 401, "密钥已过期", "请向管理员申请新的密钥。")
REVOKED_KEY = ProblemType("revoked_key", 401, "密钥已被撤销", "请向管理员申请新的密钥。")
INSUFFICIENT_SCOPE = ProblemType(
    "insufficient_scope", 403, "密钥不能用于这个地址", "请向管理员申请包含所需范围的密钥。"
)
NOT_READY = ProblemType(
    "not_ready", 503, "还没有可以回答问题的资料", "请先用budget-qa ingest导入部门预算公开资料。"
)
NOT_SIGNED_IN = ProblemType(
    "not_signed_in", 401, "没有登录或登录已过期", "请在/staff/sign-in登录后重试。"
)
SIGN_IN_FAILED = ProblemType("sign_in_failed", 401, "登录不成功", "请核对账号和密码。")
NOT_PERMITTED = ProblemType("not_permitted", 403, "没有这项操作的权限", "请联系管理员。")
STALE_PAGE = ProblemType("stale_page", 403, "页面已过期", "请刷新页面后重试。")
UNFOUNDED = ProblemType(
    "unfounded_figure", 422, "写了答案中没有的数", "只能写答案里有的数，请改正后再存。"
)
OVERLOADED = ProblemType("overloaded", 503, "服务繁忙", "请稍候几秒后重试。")
ORIGIN_NOT_ALLOWED = ProblemType(
    "origin_not_allowed",
    403,
    "这个网站不能使用本服务",
    "请管理员把网站的来源（如https://www.example.cn）加入设置BUDGET_QA_ALLOWED_ORIGINS。",
)
NOT_FOUND = ProblemType("not_found", 404, "没有这个地址或资料", "请对照接口文档/docs检查地址。")
MODEL_NOT_FOUND = ProblemType(
    "model_not_found", 404, "没有这个模型", "请用GET /v1/models查看可用的模型。"
)
METHOD_NOT_ALLOWED = ProblemType(
    "method_not_allowed", 405, "这个地址不接受这种请求方法", "请对照接口文档/docs检查请求方法。"
)
INTERNAL_ERROR = ProblemType(
    "internal_error", 500, "服务内部出错", "错误已记入日志，请稍后重试；若仍出现，请告知管理员。"
)

PROBLEM_TYPES: Mapping[str, ProblemType] = {
    kind.code: kind
    for kind in (
        EMPTY_QUESTION,
        QUESTION_TOO_LONG,
        QUESTION_NOT_TEXT,
        INVALID_JSON,
        INVALID_REQUEST,
        BODY_TOO_LARGE,
        RATE_LIMITED,
        KEY_REQUIRED,
        INVALID_KEY,
        EXPIRED_KEY,
        REVOKED_KEY,
        INSUFFICIENT_SCOPE,
        NOT_READY,
        NOT_SIGNED_IN,
        SIGN_IN_FAILED,
        NOT_PERMITTED,
        STALE_PAGE,
        UNFOUNDED,
        OVERLOADED,
        ORIGIN_NOT_ALLOWED,
        NOT_FOUND,
        MODEL_NOT_FOUND,
        METHOD_NOT_ALLOWED,
        INTERNAL_ERROR,
    )
}


class FieldError(BaseModel):
    """What is wrong with one field of the request."""

    field: str = Field(description="Path of the field, '' for the body as a whole")
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/empty_question",
                    "title": "问题是空的",
                    "status": 422,
                    "detail": "问题是空的。请写下想了解的内容，例如“三公经费预算是多少？”。",
                    "code": "empty_question",
                    "errors": [{"field": "question", "message": "问题是空的"}],
                }
            ]
        }
    )

    type: str = Field(description="URI reference of the problem type")
    title: str = Field(description="Chinese name of the problem type")
    status: int
    detail: str = Field(description="Chinese explanation with what to do about it")
    code: str = Field(description="Stable code of the problem type")
    errors: list[FieldError] = Field(default=[], description="Fields concerned, if any")
    command: str | None = Field(default=None, description="Command that mends it, if there is one")


class ApiError(Exception):
    """A request that ends in a problem. ``detail`` defaults to the type's title and remedy."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str = "",
        *,
        errors: list[FieldError] | None = None,
        command: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.headers = dict(headers or {})
        self.problem = Problem(
            type=f"/problems/{kind.code}",
            title=kind.title,
            status=kind.status,
            detail=detail or f"{kind.title}。{kind.remedy}",
            code=kind.code,
            errors=errors or [],
            command=command,
        )

    def response(self) -> Response:
        """The HTTP response that tells it."""
        return Response(
            self.problem.model_dump_json(exclude_none=True),
            status_code=self.kind.status,
            media_type=MEDIA_TYPE,
            headers=self.headers,
        )
