"""Why a model's help was not used: the log tells, and the embedded answer is served instead."""

from __future__ import annotations

from disclosure.embedding.errors import ModelError


class EndpointUnsetError(ModelError):
    """A planner that asks a model is chosen, and the settings name none. Told to the operator."""


class LlmError(Exception):
    """A model's help could not be had; ``reason`` is the stable word that metrics count."""

    reason = "failed"


class EndpointDown(LlmError):
    """The endpoint could not be reached, or answered with an error of its own."""

    reason = "down"


class EndpointRefuses(LlmError):
    """The endpoint does not accept the request (key, model name, parameters)."""

    reason = "refused"


class OutOfTime(LlmError):
    """The first token or the whole answer took longer than it may."""

    reason = "slow"


class CircuitOpen(LlmError):
    """The endpoint failed several times just now and is left alone for a while."""

    reason = "circuit_open"


class Busy(LlmError):
    """As many questions are with the model as may be."""

    reason = "busy"


class BrokenReply(LlmError):
    """The reply ended in its middle, or is none of the protocol."""

    reason = "broken"


class TooLong(LlmError):
    """The reply went on beyond the length that was asked for."""

    reason = "too_long"


class NoPlan(LlmError):
    """The model did not come to a plan that stands the check."""

    reason = "no_plan"
