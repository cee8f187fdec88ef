"""Every table in which changes are kept, and by which columns what stood before and after is the same thing."""

from dataclasses import dataclass
from typing import Any

from access.delegation_models import Delegation
from access.duty_models import DutyMove
from access.models import (
    Account,
    Assignment,
    Employee,
    Employment,
    ListedCase,
    LoginForm,
    Officer,
    OfficerDuty,
    Position,
    PurposeMeaning,
    TemporaryDuty,
    Training,
    WorkAccess,
)
from access.proposals.models import AccessProposal, ProposalAnswer
from access.reviews.models import AccessReview, ReviewAnswer
from audit.logs.models import ExpectedLogs, Source, StandingLog
from audit.logs.release_models import ColumnRelease, TrailExport
from audit.logs.retention_models import LegalHold, Removal, RetentionRule
from audit.models import FindingMove
from config.jobs.models import ScheduleSetting
from config.officials.models import KeptToken, Official
from config.officials.second_factor_models import SecondFactor
from config.tables.heading_mapping import HeadingMapping
from inventory.models import DataSeries, Entity, PartResolution, ResourcePattern, WorkAccessPart
from inventory.publication_models import EntityDetail, InventoryVersion, SeriesReview


@dataclass(frozen=True)
class Kept:
    """A table in which changes are kept.

    Args:
        thing: What its rows are called.
        model: The table.
        named_by: The columns in which a row and the one in its place agree; none = there is only one thing.
        opened: The columns that say when and by whom a row was recorded.
        closed: The same of its end; None where a row never ends.
        withheld: Columns that nobody is shown.
    """

    thing: str
    model: Any
    named_by: tuple[str, ...] = ()
    opened: tuple[str, str] = ("recorded_at", "recorded_by")
    closed: tuple[str, str] | None = ("superseded_at", "superseded_by")
    withheld: frozenset[str] = frozenset()


_MOVED = ("moved_at", "moved_by")
# in the order in which the changes of one instant are listed; the cursor of a list counts on it
KEPT: tuple[Kept, ...] = (
    Kept("entity", Entity),
    Kept("series", DataSeries, ("code",)),
    Kept("work access texts", WorkAccessPart, ("series", "part")),
    Kept("resolutions of work access texts", PartResolution, ("series", "part", "holder_type", "holder")),
    Kept("resource patterns", ResourcePattern, ("system", "pattern")),
    Kept("positions", Position, ("position_code",)),
    Kept("employees", Employee, ("employee_id",)),
    Kept("employments", Employment, ("employee_id", "start")),
    Kept("assignments", Assignment, ("employee_id", "position_code", "start")),
    Kept("accounts", Account, ("system", "login", "start")),
    Kept("work access", WorkAccess, ("series", "holder_type", "holder", "actions", "purposes", "start")),
    Kept("temporary duties", TemporaryDuty, ("employee_id", "series", "actions", "purposes", "start")),
    Kept("officers", Officer, ("office", "employee_id", "start")),
    Kept("officer duties", OfficerDuty, ("employee_id", "series", "duty", "start")),
    Kept("sources", Source, ("name",)),
    Kept("login forms", LoginForm, ("source",)),
    Kept("logs that count", StandingLog, ("import_id",)),
    Kept("headings of files", HeadingMapping, ("kind", "heading")),
    Kept("officials", Official, ("login",), withheld=frozenset({"password"})),
    Kept("moves of findings", FindingMove, opened=_MOVED, closed=None),
    Kept("moves of duties", DutyMove, opened=_MOVED, closed=None),
    Kept("delegations", Delegation, ("manager_id", "delegate_id", "start")),
    Kept("expected logs", ExpectedLogs, ("source",)),
    Kept("tokens", KeptToken, ("token_sha256",), withheld=frozenset({"token_sha256"})),
    Kept("meanings of purposes", PurposeMeaning, ("source", "match", "typed")),
    Kept("cases", ListedCase, ("case_number", "system")),
    Kept("schedule", ScheduleSetting, ("name",)),
    Kept("retention periods", RetentionRule, ("source",)),
    Kept("legal holds", LegalHold, ("id",)),
    Kept("removals", Removal, opened=("removed_at", "removed_by"), closed=None),
    Kept(
        "published inventories",
        InventoryVersion,
        opened=("published_at", "published_by"),
        closed=None,
        withheld=frozenset({"content"}),
    ),
    Kept("what policies say", EntityDetail, ("name",)),
    Kept(
        "reviews of series",
        SeriesReview,
        ("id",),
        opened=("reviewed_at", "reviewed_by"),
        closed=("taken_back_at", "taken_back_by"),
    ),
    Kept("second factors", SecondFactor, ("login",), withheld=frozenset({"secret"})),
    Kept("trainings", Training, ("employee_id", "training", "start")),
    Kept("access reviews", AccessReview, ("id",)),
    Kept("answers of access reviews", ReviewAnswer, ("item_id",)),
    Kept("releases of columns", ColumnRelease, ("source", "column_name")),
    Kept("exports of audit trails", TrailExport, opened=("exported_at", "exported_by"), closed=None),
    Kept("proposals of work access", AccessProposal, opened=("proposed_at", "proposed_by"), closed=None),
    Kept(
        "answers to proposals of work access",
        ProposalAnswer,
        opened=("answered_at", "answered_by"),
        closed=None,
    ),
)
