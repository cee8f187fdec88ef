"""What was known at an instant can be asked only once that instant has come."""

from datetime import datetime

from config.clock import utc_text
from config.errors import Invalid


def check_has_come(instant: datetime | None, now: datetime) -> None:
    """Check that what is asked as it was known at an instant can be known.

    Raises:
        Invalid: The instant has not come yet.
    """
    if instant is not None and instant > now:
        raise Invalid(
            f"Nobody can say what will be known at {utc_text(instant)}, which has not come yet; "
            "ask for a time that has passed."
        )
