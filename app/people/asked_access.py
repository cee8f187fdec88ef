"""A change of work access as it is asked for: another statement, one in the place of another, or one that never was."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from access.proposals.models import ProposedAct
from access.standing_row import standing_row
from access.stated import WORK_ACCESS
from access.withdraw_grant import series_of_grant, withdraw_grant
from app.people.enter import Entry, enter
from app.people.own_record import refuse_own
from app.people.period_body import Id, PeriodBody, Text, When
from config.errors import Refusal
from config.web.signed_in import SignedIn
from config.work import Work
from inventory.queries import series_called

Word = Annotated[str, Field(min_length=1, max_length=1_000, pattern=r"^[^\x00;]*$")]


class WorkAccessBody(PeriodBody):
    """What a holder's work assignment reasonably requires: a series, for actions and purposes (`*` = any)."""

    series: Id = Field(description="Its code or exact name.")
    holder_type: str = Field(json_schema_extra={"enum": ["position", "department", "employee", "everyone"]})
    holder: Text = ""
    actions: list[Word] = Field(min_length=1, max_length=20)
    purposes: list[Word] = Field(default_factory=list, max_length=1_000, description="None = any.")
    authority: Text = Field(default="", description="Where it is written down.")
    recorded_at: When | None = None
    reason: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] = Field(
        default="", description="Why, for the second official where one has to confirm it."
    )


@dataclass(frozen=True)
class AskedAccess:
    """A change of work access that is asked for.

    Args:
        body: What is stated; None where a statement is to be taken as never having been so.
        number: Of the statement that is changed or withdrawn; None where one is new.
        reason: Why; of a withdrawal it is not empty.
    """

    act: ProposedAct
    body: WorkAccessBody | None
    number: int | None = None
    reason: str = ""

    @property
    def grant(self) -> str:
        """What is changed or withdrawn, as decisions name it."""
        return f"work-access:{self.number}"

    @classmethod
    def of(cls, body: WorkAccessBody, number: int | None = None) -> "AskedAccess":
        """Give the change that states something, in the place of what stands under a number or anew."""
        return cls(ProposedAct.STATE if number is None else ProposedAct.CHANGE, body, number, body.reason)

    @classmethod
    def withdrawal(cls, number: int, reason: str) -> "AskedAccess":
        """Give the change that takes a statement as never having been so."""
        return cls(ProposedAct.WITHDRAW, None, number, reason)

    def codes(self, work: Work) -> set[str]:
        """Give the codes of the series whose grants it changes; one that is not known is left out.

        Raises:
            NotFound: Nothing stands under the number.
            Conflict: What is withdrawn stands no longer.
        """
        if self.body is None:
            return {series_of_grant(work.session, self.grant)}
        codes = set() if self.number is None else {standing_row(work.session, WORK_ACCESS, self.number).series}
        try:
            return codes | {series_called(work.session, self.body.series, work.now).code}
        except Refusal:  # which is said at its field by what enters it
            return codes

    def make(self, work: Work, official: SignedIn) -> tuple[int | None, list[str]]:
        """Make the change, and give its number, None where nothing changed, with what is said of it.

        Raises:
            NotFound: Nothing stands under the number.
            InvalidFields: Something cannot be taken.
            Conflict: The record says just this already, or something stands that it would change.
            NotPermitted: It reaches the one who asks.
        """
        by = official.login
        number, said = self._withdraw(work, by) if self.body is None else self._enter(work, self.body, by)
        refuse_own(work, official)
        return number, said

    def _enter(self, work: Work, body: WorkAccessBody, by: str) -> tuple[int | None, list[str]]:
        if self.number is None:
            return enter(work, access_entry(body), by=by, is_new=True)
        row = standing_row(work.session, WORK_ACCESS, self.number)
        return enter(work, access_entry(body), by=by, instead_of=(WORK_ACCESS, row.id))

    def _withdraw(self, work: Work, by: str) -> tuple[int | None, list[str]]:
        withdrawn = withdraw_grant(work.session, self.grant, reason=self.reason, zone=work.zone, now=work.now, by=by)
        return withdrawn.number, [withdrawn.receipt]


def access_entry(asked: WorkAccessBody) -> Entry:
    """Give what is to be entered of a statement of work access."""
    row = {"series": asked.series, "holder_type": asked.holder_type, "holder": asked.holder}
    said = {"actions": ";".join(asked.actions), "purposes": ";".join(asked.purposes), "authority": asked.authority}
    period = {"start_date": asked.start or "", "end_date": asked.end or "", "recorded_at": asked.recorded_at}
    return Entry(
        kind="work-access",
        about=f"{asked.series}, {asked.holder or asked.holder_type}",
        rows=[{**row, **said, **period}],
        fields={"start_date": "start", "end_date": "end"},
    )
