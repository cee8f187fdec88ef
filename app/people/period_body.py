"""What the bodies of requests about people and grants share: their texts, and a period."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
When = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class PeriodBody(BaseModel):
    """A period of days, inclusive at both ends, or of instants; empty or null = open."""

    model_config = ConfigDict(extra="forbid")

    start: When | None = ""
    end: When | None = ""
