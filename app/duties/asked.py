"""What is asked of temporary duties over JSON."""

from enum import StrEnum

from pydantic import BaseModel, Field, ValidationError

from access.duty_terms import DutyAsked
from config.errors import InvalidFields


class NewDuty(DutyAsked):
    """A duty to be granted, or asked for."""

    ask: bool = Field(default=False, description="Ask for it, although one might grant it.")


class Extension(BaseModel):
    """Until when a duty is to hold, and why."""

    end: str = Field(default="", max_length=100, description="Until when; of a day its last moment counts.")
    reason: str = Field(default="", max_length=2_000)


class ApprovalAsked(BaseModel):
    """What is approved of a duty, where that is less than was asked for."""

    end: str = Field(default="", max_length=100, description="An earlier end; empty = as asked.")
    actions: str = Field(default="", max_length=200, description="Fewer actions, with `;` between; empty = as asked.")
    note: str = Field(default="", max_length=2_000, description="Why it is less; the asker reads it.")


class ActOnDuty(StrEnum):
    """What may be done to a duty that changes who may reach what."""

    EXTEND = "extend"
    REVOKE = "revoke"
    APPROVE = "approve"
    CONFIRM = "confirm"


class ChangePreviewAsked(BaseModel):
    """A change of a duty that is to be weighed."""

    act: ActOnDuty
    end: str = Field(default="", max_length=100, description="Of an extension, or an earlier one of an approval.")
    actions: str = Field(default="", max_length=200, description="Of an approval: fewer actions.")


class Reason(BaseModel):
    """Why; it is kept."""

    reason: str = Field(default="", max_length=2_000)


def too_long(error: ValidationError) -> InvalidFields:
    """Give the refusal of texts of a form that are longer than is kept."""
    return InvalidFields({str(one["loc"][0]): "This is too long." for one in error.errors()})
