"""What is looked at for: with a purpose, whom accesses are about is shown; it is written down with the look."""

from typing import Annotated

from fastapi import Query

LONGEST = 200
Purpose = Annotated[
    str,
    Query(
        max_length=LONGEST,
        pattern=r"^[^\x00]*$",
        description="What it is looked at for; with one, whom accesses are about is shown. It is written down.",
    ),
]
