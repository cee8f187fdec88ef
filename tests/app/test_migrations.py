"""The migrations lead to the tables of the program, on either database."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from app.migrations.comparison import COMPARISON, TABLE_MODULES, TABLES
from app.migrations.upgrade_database import alembic_config, known_revisions, upgrade_database
from app.migrations.version import NEWEST_REVISION, Version, find_version
from config.database import connect
from config.sessions import reading, transaction
from config.settings import Settings
from tests.databases import new_on_both, on_both
from tests.postgres import PostgresServer

FOLDERS = ("app", "access", "audit", "config", "inventory", "reports")


@on_both
def test_a_migrated_database_has_the_tables_of_the_program(engine: Engine) -> None:
    with reading(engine) as session:
        context = MigrationContext.configure(session.connection(), opts=COMPARISON)
        differences = compare_metadata(context, TABLES)

    assert differences == []


def test_every_module_with_tables_takes_part_in_the_comparison() -> None:
    root = Path(__file__).resolve().parents[2]
    sources = [path for folder in FOLDERS for path in (root / folder).rglob("*.py")]

    with_tables = {path for path in sources if "table=True" in path.read_text(encoding="utf-8")}

    assert with_tables == {Path(str(module.__file__)) for module in TABLE_MODULES}


def test_the_program_knows_the_newest_migration_without_asking_alembic() -> None:
    assert known_revisions()[0] == NEWEST_REVISION


@new_on_both
def test_a_migrated_database_is_the_newest(new_settings: Settings) -> None:
    engine = connect(_made(new_settings))

    before = find_version(engine)
    upgrade_database(engine)

    assert (before, find_version(engine)) == (Version.EMPTY, Version.NEWEST)
    engine.dispose()


@new_on_both
def test_the_migrations_are_found_from_any_folder(
    new_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = _made(new_settings)
    monkeypatch.chdir(tmp_path)
    engine = connect(url)

    upgrade_database(engine)

    assert find_version(engine) is Version.NEWEST
    engine.dispose()


@on_both
def test_an_upgrade_again_changes_nothing(engine: Engine) -> None:
    upgrade_database(engine)

    assert find_version(engine) is Version.NEWEST


@new_on_both
def test_an_upgrade_that_fails_leaves_the_database_as_it_was(new_settings: Settings) -> None:
    engine = connect(_made(new_settings))
    with transaction(engine) as session:
        # in the way of the last table, so that all the others are made before the upgrade fails
        session.execute(text("CREATE TABLE finding_moves (id INTEGER)"))

    with pytest.raises(DBAPIError, match="already exists"):
        upgrade_database(engine)

    assert inspect(engine).get_table_names() == ["finding_moves"]
    engine.dispose()


@new_on_both
def test_what_was_noted_on_findings_becomes_their_first_moves(new_settings: Settings) -> None:
    engine = connect(_made(new_settings))
    with transaction(engine) as session:
        command.upgrade(alembic_config(session.connection()), "0003")
        for statement in _NOTED:
            session.execute(text(statement))
    upgrade_database(engine)

    with reading(engine) as session:
        moves = session.execute(
            text("SELECT from_status, to_status, note, reason FROM finding_moves ORDER BY id")
        ).all()
        (finding,) = session.execute(text("SELECT status, closed_events FROM findings")).all()
        figures = session.execute(text("SELECT until_run FROM finding_figures ORDER BY id")).scalars().all()
    engine.dispose()
    assert [tuple(move) for move in moves] == [
        ("open", "under_review", "asked", ""),
        ("under_review", "dismissed", "", "not_stated"),
        ("dismissed", "dismissed", "indeed", ""),
    ]
    assert (tuple(finding), figures) == (("dismissed", 9), [2, None])


@new_on_both
def test_logs_that_were_imported_before_are_numbered_and_stand(new_settings: Settings) -> None:
    engine = connect(_made(new_settings))
    with transaction(engine) as session:
        command.upgrade(alembic_config(session.connection()), "0004")
        for statement in _IMPORTED:
            session.execute(text(statement))
    upgrade_database(engine)

    with reading(engine) as session:
        logs = session.execute(text("SELECT id, number, rests_on FROM log_imports ORDER BY id")).all()
        entered = session.execute(text("SELECT number, kind, file_name, receipt FROM imports ORDER BY number")).all()
        standing = session.execute(text("SELECT import_id, superseded_at FROM standing_logs ORDER BY id")).all()
        clocks = session.execute(
            text(
                "SELECT count(*) FROM standing_logs s JOIN log_imports l ON l.id = s.import_id "
                "JOIN imports i ON i.number = l.number "
                "WHERE s.recorded_at = l.imported_at AND i.applied_at = l.imported_at"
            )
        ).scalar_one()
        forms = session.execute(text("SELECT source, strip_domain_prefix, strip_domain_suffix FROM login_forms")).all()
    engine.dispose()
    assert [tuple(log) for log in logs] == [(7, 2, ""), (8, 3, "aa"), (9, 4, "")]
    assert [tuple(one)[:3] for one in entered[1:]] == [(2, "log", "a.csv"), (3, "log", "b.csv"), (4, "log", "c.csv")]
    assert entered[2].receipt == "b.csv: 5 records read: 2 added, 3 already known, 0 unreadable."
    assert ([tuple(one) for one in standing], clocks) == ([(7, None), (8, None), (9, None)], 3)
    assert [tuple(form) for form in forms] == [("cad", True, False)]


def test_ids_that_the_program_gives_have_no_sequence(postgres_template: PostgresServer) -> None:
    with postgres_template.copy_of("migrated") as url:
        engine = connect(Settings(database_url=url).resolved_database_url())
        ids = {
            table: next(column for column in inspect(engine).get_columns(table) if column["name"] == "id")
            for table in {*_WITH_IDS_OF_OURS, "officers"}
        }
        engine.dispose()

    assert {table for table, column in ids.items() if column["default"] is None} == _WITH_IDS_OF_OURS


_NOTED = (
    """INSERT INTO audit_runs (id, known_at, logs_known_at, digest, stamp, events, authorized, unauthorized, unresolved,
        out_of_scope, reasons, examined, agreed, findings, run_at, run_by)
    SELECT id, '2025-05-01', '2025-05-01', '', '', 9, 0, 9, 0, 0, '{}', 1, 1, 1, '2025-05-01', 'x'
    FROM (SELECT 1 AS id UNION SELECT 2) runs""",
    """INSERT INTO findings
        (id, key, who, who_is_employee, what, what_is_series, reason, verdict, month, status, figures_id)
    VALUES (1, 'a', 'E1', true, 'S1', true, 'no_work_assignment', 'unauthorized', '2025-04', 'closed', 2)""",
    """INSERT INTO finding_figures
        (id, finding_id, run_id, events, first, last, subjects, actions, sources, explanation)
    SELECT id, 1, id, 4 * id + 1, '2025-04-01', '2025-04-01', 0, '', '', ''
    FROM (SELECT 1 AS id UNION SELECT 2) figures""",
    """INSERT INTO finding_notes (finding_id, status, note, noted_at, noted_by)
    VALUES (1, 'under review', 'asked', '2025-05-02', 'x'), (1, 'closed', '', '2025-05-03', 'x'),
        (1, 'closed', 'indeed', '2025-05-04', 'x')""",
)
_IMPORTED = (
    """INSERT INTO imports (number, kind, file_name, file_sha256, receipt, applied_at, applied_by)
    VALUES (1, 'series', 's.csv', '', '', '2025-05-01 00:00:00.000000', 'x')""",
    """INSERT INTO sources (name, system, format, time_zone, profile, recorded_at, recorded_by)
    VALUES ('cad', 'CAD', 'csv', 'UTC', 'accounts: {strip_domain_suffix: false}', '2025-05-01 00:00:00.000000', 'x')""",
    """INSERT INTO log_imports (id, source, system, file_name, file_sha256, read, added, already_known, unreadable,
        passed_over, twice_local, missing_local, key_fields, whole_names, imported_at, imported_by)
    VALUES (7, 'cad', 'CAD', 'a.csv', 'aa', 3, 3, 0, 0, 0, 0, 0, '', 0, '2025-05-02 00:00:00.000000', 'x'),
        (8, 'cad', 'CAD', 'b.csv', 'bb', 5, 2, 3, 0, 0, 0, 0, '', 0, '2025-05-03 00:00:00.000000', 'x'),
        (9, 'rms', 'RMS', 'c.csv', 'cc', 1, 0, 0, 1, 0, 0, 0, '', 0, '2025-05-04 00:00:00.000000', 'x')""",
)
_WITH_IDS_OF_OURS = {"findings", "finding_figures", "log_imports"}


def _made(settings: Settings) -> str:
    settings.data_dir.mkdir(parents=True)
    return settings.resolved_database_url()
