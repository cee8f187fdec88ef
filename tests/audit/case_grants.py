"""Grants of other kinds than a position's, and an instant later than the case's."""

from datetime import UTC, datetime

from access.rules import GrantKind
from tests.builders import MARCH_1, MAY_1, a_grant

DUTY = a_grant(
    grant_id="temporary-duty:3",
    kind=GrantKind.TEMPORARY_DUTY,
    through="",
    start=MARCH_1,
    end=MAY_1,
    authority="granted by Bo Larson: covers for a colleague",
)
SPECIFIED = a_grant(
    grant_id="officer-duty:9", kind=GrantKind.OFFICER_DUTY, through="", authority="specified duty: answer a request"
)
# 9 April 2025, 12:00 UTC is 07:00 in Chicago
LATE = datetime(2025, 4, 9, 15, tzinfo=UTC)
