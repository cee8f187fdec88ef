"""The town of the tests: small enough to know by heart, entered through the product's own imports.

Its tables and its log lie in `tests/data/town`. Ann Olson (E1) is a police clerk, who may see the case files (S1) by
the inventory's own words; Bo Larson (E2), who supervises her, is a payroll clerk and the responsible authority; Cy Dale
(E3) left in March 2025. Bids (S4) were open to Ann from 1 to 5 March alone. The log has one access for each of fifteen
reasons. A test that needs more than the town adds rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from access.import_kinds import IMPORT_KINDS
from audit.audit_receipt import AuditReceipt
from audit.logs.log_receipt import LogReceipt
from audit.logs.sources import SourceRequest
from audit.run_audit import AuditRequest
from config.settings import Settings
from config.tables.import_file import ImportRequest, import_table
from inventory.models import Entity
from tests.importing import CHICAGO
from tests.installing import audit, import_file

FILES = Path(__file__).parent / "data" / "town"
PEOPLE = ("positions", "employees", "inventory")  # and what there is; nobody was given anything yet
GIVEN = ("assignments", "accounts", "work-access", "temporary-duties", "officers", "officer-duties", "resources")

ENTERED = datetime(2025, 1, 2, 12, tzinfo=UTC)
IMPORTED = datetime(2025, 7, 1, 12, tzinfo=UTC)
NOW = datetime(2025, 7, 2, 12, tzinfo=UTC)
MARCH_10 = datetime(2025, 3, 10, 12, tzinfo=UTC)
REASONS = {  # of each record of the log that can be read
    1: "assigned",
    2: "assigned",
    3: "assignment_ended",
    4: "not_employed",
    5: "shared_account",
    7: "unknown_account",
    8: "uninventoried_resource",
    9: "public_data",
    10: "ignored",
    11: "untestable_access",
    12: "purpose_not_described",
    13: "action_exceeds_assignment",
    14: "officer_duty",
    15: "backdated",
    16: "officer_without_duty",
}


@dataclass(frozen=True)
class Town:
    """The town's session and settings, and where a test's own files are written."""

    session: Session
    settings: Settings
    folder: Path

    def enter(self, kind: str, text: str, *, at: datetime = ENTERED) -> None:
        """Import one more table."""
        self._enter(kind, self.write(f"{kind}.csv", text), at)

    def record(self, *rows: Any) -> None:  # noqa: ANN401 - rows of any table
        """Record more rows, recorded when and by whom no import would."""
        self.session.add_all(rows)
        self.session.flush()

    def log(
        self, text: str, *, source: str = "cad", profile: str = "", name: str = "cad.csv", at: datetime = IMPORTED
    ) -> LogReceipt:
        """Import one more log of the system cad."""
        return self._log(self.write(name, text), SourceRequest(source, "csv", profile, "America/Chicago", "cad"), at)

    def audit(
        self, start: datetime | None = None, end: datetime | None = None, *, at: datetime = NOW, **known: datetime
    ) -> AuditReceipt:
        """Audit a range, as known then unless told otherwise."""
        request = AuditRequest(start, end, known.get("known_at"), known.get("logs_known_at"))
        return audit(self.session, self.settings, request, at)

    def write(self, name: str, text: str) -> Path:
        """Write a file beside the town."""
        path = self.folder / name
        path.write_text(f"{text.rstrip()}\n", encoding="utf-8")
        return path

    def set_up(self) -> None:
        """Set the entity up, and enter who there is, and what data."""
        self.record(
            Entity(
                name="Town of Elm",
                time_zone="America/Chicago",
                responsible_authority="Bo Larson",
                responsible_authority_title="Town Clerk",
                responsible_authority_address="1 Elm Street",
                recorded_at=ENTERED,
                recorded_by="clerk",
            )
        )
        self.enter_files(PEOPLE)

    def enter_files(self, kinds: Iterable[str]) -> None:
        """Enter some of the town's tables."""
        for kind in kinds:
            self._enter(kind, FILES / f"{kind}.csv", ENTERED)

    def enter_log(self) -> None:
        """Import the town's log."""
        self._log(FILES / "cad.csv", SourceRequest("cad", "csv", "", "America/Chicago", "cad"), IMPORTED)

    def _enter(self, kind: str, path: Path, at: datetime) -> None:
        request = ImportRequest(kind, path, {})
        import_table(self.session, IMPORT_KINDS[kind](self.session, CHICAGO), request, now=at, by="clerk")

    def _log(self, path: Path, source: SourceRequest, at: datetime) -> LogReceipt:
        return import_file(self.session, self.settings, path, source, at)
