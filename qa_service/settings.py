"""Settings of the running service, from environment variables with the prefix ``BUDGET_QA_``."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from disclosure.settings import StoreSettings

PREFIX = "BUDGET_QA_"


class Settings(StoreSettings):
    """What an operator may set. Values passed to the constructor (flags) win over variables."""

    host: str = Field(default="127.0.0.1", description="Address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")
    workers: int = Field(default=1, ge=1, le=64, description="Number of worker processes")
    own_department: str = Field(
        default="", description="Department meant where a question names none and several are held"
    )
    answer_threads: int = Field(
        default=4, ge=1, le=64, description="Questions answered at the same time in one worker"
    )
    max_waiting: int = Field(
        default=256, ge=1, description="Questions that may wait in one worker before it answers 503"
    )
    rate_per_minute: int = Field(
        default=6000,
        ge=0,
        description="Questions per minute and client in one worker, sustained; 0 sets no limit",
    )
    rate_burst: int = Field(
        default=1000, ge=1, description="Questions that a client may ask at once before that limit"
    )
    max_body_bytes: int = Field(default=1 << 20, ge=1024, description="Largest request body")
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed, or *",
    )
    require_keys: bool = Field(
        default=False,
        description="Answer programs under /api, /v1 and /mcp only with an API key; the service's "
        "own page needs none",
    )
    key_per_minute: int = Field(
        default=6000,
        ge=0,
        description="Requests per minute and API key in one worker, where the key has no limit of "
        "its own; 0 sets no limit",
    )
    allowed_origins: str = Field(
        default="",
        description="Origins of other sites whose pages may embed the chat or use /mcp, such as "
        "`https://www.example.cn`, separated by commas; none by default",
    )
    public_url: str = Field(
        default="",
        description="Address under which the site is reached, for links in QR codes, feeds and "
        "answers to programs; by default that of the request",
    )
    answers_kept_days: int = Field(
        default=30,
        ge=1,
        description="Days that an answer which nobody shared is kept, with its feedback",
    )
    records_url: str = Field(
        default="",
        description="Database of accounts, inquiries and answers kept, as a SQLAlchemy URL "
        "(postgresql+psycopg://…); empty: that of `BUDGET_QA_DATABASE_URL`, else a file in the "
        "data folder",
    )
    staff_idle_minutes: int = Field(
        default=60, ge=1, description="Minutes after which an unused sign-in of the console ends"
    )
    staff_session_hours: int = Field(
        default=12, ge=1, description="Hours after which any sign-in of the console ends"
    )
    inquiries_kept_days: int = Field(
        default=365, ge=0, description="Days that the inquiry log keeps an inquiry; 0: for ever"
    )
    oidc_issuer: str = Field(
        default="",
        description="Address of an OpenID Connect provider that staff may sign in at; empty: none",
    )
    oidc_client_id: str = Field(default="", description="Client id at that provider")
    oidc_client_secret: str = Field(
        default="", description="Client secret at that provider", repr=False
    )
    oidc_role_claim: str = Field(
        default="roles", description="Claim of the ID token that tells somebody's roles or groups"
    )
    oidc_roles: str = Field(
        default="",
        description="Which value of that claim gives which role: value=admin,value=reviewer,"
        "value=answerer; who has none may not sign in",
        pattern=r"^$|^[^=,]+=(admin|reviewer|answerer)(,[^=,]+=(admin|reviewer|answerer))*$",
    )
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        default="info", description="Least severe message that is logged"
    )

    @field_validator("allowed_origins")
    @classmethod
    def _origins_are_origins(cls, text: str) -> str:
        return ",".join(_origin(part) for part in text.replace(",", " ").split())

    @field_validator("public_url")
    @classmethod
    def _public_url_is_an_address(cls, text: str) -> str:
        address = text.strip().rstrip("/")
        parts = urlsplit(address)
        if address and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError(f"“{text}”不是网址，应如https://ask.example.cn")
        return address

    def origins(self) -> tuple[str, ...]:
        """The allowed origins, one by one."""
        return tuple(self.allowed_origins.split(",")) if self.allowed_origins else ()

    @model_validator(mode="before")
    @classmethod
    def _records_beside_releases(cls, given: dict[str, object]) -> dict[str, object]:
        """One database holds everything where no other is named for the records."""
        return given | {"records_url": given.get("records_url") or given.get("database_url") or ""}

    def as_environment(self) -> dict[str, str]:
        """The variables that give another process these settings."""
        return {
            PREFIX + name.upper(): str(value)
            for name, value in self.model_dump(mode="json").items()
        }


def _origin(text: str) -> str:
    """An origin as browsers send it: scheme, host and, where it is not the usual one, port."""
    parts = urlsplit(text)
    usual = {"http": 80, "https": 443}
    try:
        port = parts.port
    except ValueError:
        port = 0
    if (
        parts.scheme not in usual
        or not parts.hostname
        or not parts.hostname.isascii()
        or "*" in text
        or port == 0
        or parts.path not in {"", "/"}
        or parts.query
        or parts.username
    ):
        raise ValueError(
            f"“{text}”不是网站的来源：应为协议加域名（如https://www.example.cn），不带路径和通配符"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual[parts.scheme] else "")
