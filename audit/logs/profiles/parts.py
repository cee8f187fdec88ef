"""What every part of a profile is: it says nothing that is not known, and does not change."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a profile."""

    model_config = ConfigDict(extra="forbid", frozen=True)
