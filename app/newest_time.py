"""The newest recorded time of a record: what is recorded next bears a later one, whatever the clock says."""

from datetime import datetime

from sqlalchemy import text

from config.database import Reader, UtcDateTime, connection_of, reads_only
from config.database_state import state_read

# By their names, as the models of every folder take long to load and most commands need few of them.
_RECORDED = (
    "access_reviews",
    *(
        "accounts",
        "assignments",
        "column_releases",
        "data_series",
        "delegations",
        "employees",
        "employments",
        "entities",
        "kept_tokens",
    ),
    "entity_details",
    *(
        "expected_logs",
        "heading_mappings",
        "legal_holds",
        "listed_cases",
        "login_forms",
        "officer_duties",
        "officers",
        "officials",
        "part_resolutions",
        "positions",
        "purpose_meanings",
        "resource_patterns",
        "retention_rules",
        "review_answers",
        "schedule_settings",
        "second_factors",
        "sources",
    ),
    *("standing_logs", "temporary_duties", "trainings", "work_access", "work_access_parts"),
)
TIMES = (
    *((table, column) for table in _RECORDED for column in ("recorded_at", "superseded_at")),
    ("access_proposals", "proposed_at"),
    ("audit_runs", "run_at"),
    ("change_requests", "changed_at"),
    ("duty_moves", "moved_at"),
    ("duty_requests", "asked_at"),
    ("finding_moves", "moved_at"),
    ("imports", "applied_at"),
    ("inventory_versions", "published_at"),
    ("log_imports", "imported_at"),
    ("proposal_answers", "answered_at"),
    ("reject_exports", "exported_at"),
    ("removals", "removed_at"),
    ("replaced_files", "replaced_at"),
    ("series_reviews", "reviewed_at"),
    ("series_reviews", "taken_back_at"),
    ("trail_exports", "exported_at"),
)
_KEPT = "thirteen_newest"
_SEARCHED = " UNION ALL ".join(f"SELECT max({column}) AS newest FROM {table}" for table, column in TIMES)  # noqa: S608 - our own names
_NEWEST = text(f"SELECT max(newest) AS newest FROM ({_SEARCHED}) AS times").columns(newest=UtcDateTime)  # noqa: S608 - the same


def newest_time(reader: Reader) -> datetime | None:
    """Give the newest instant at which anything was recorded, superseded, imported, audited or noted, if anything was.

    An index answers for every table that grows long but those of runs, exports and findings' moves, which stay short.
    A connection that reads keeps the answer for as long as nothing is committed.
    """
    if not reads_only(reader):
        return _search(reader)
    kept, state = connection_of(reader).info, state_read(reader)
    if kept.get(_KEPT, (None, None))[0] != state:
        kept[_KEPT] = (state, _search(reader))
    newest: datetime | None = kept[_KEPT][1]
    return newest


def _search(reader: Reader) -> datetime | None:
    newest: datetime | None = reader.execute(_NEWEST).scalar_one()
    return newest
