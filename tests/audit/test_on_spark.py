"""Apache Spark decides as DuckDB does: the same decisions to the byte, the same findings, the same receipt."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from access.load_facts import load_facts
from access.resolve_grants import Policy
from audit.audit_receipt import receipt_lines
from audit.decided import Decided
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import stored_logs
from audit.map_names import NO_RULE
from audit.on_spark import open_spark
from audit.run_audit import AuditRequest
from config.bulk import open_bulk
from config.database import connect
from config.errors import Conflict, Invalid
from config.remedies import Advice
from config.settings import DecidingEngine, Settings
from reports.write_decisions import DecisionsRequest, write_decisions
from tests.audit.deciders import LAST, enter_city, with_graces_of
from tests.audit.whole_audits import copied
from tests.cities.generate import city_from_seed
from tests.installing import audit
from tests.town import NOW, Town
from tests.town_stages import NewFolder

# What is decided here is little: most of the time would go into compiling each query, and into parts without a row.
_QUICK = """
# as Spark's own file has it
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1
spark.sql.codegen.wholeStage=false
spark.sql.codegen.factoryMode = NO_CODEGEN
spark.sql.shuffle.partitions\t1
spark.sql.adaptive.enabled false
spark.driver.memory 700m
"""
_CITIES = (3, 8)


@pytest.fixture(scope="module")
def spark_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep one session of Spark open for all tests that ask for it; skip them where it is not installed."""
    folder = tmp_path_factory.mktemp("spark")
    config = folder / "spark.conf"
    config.write_text(_QUICK, "utf-8")
    settings = Settings(data_dir=folder, spark_master="local[1]", spark_config=config)
    try:
        with open_spark.open_spark(settings):
            yield config
    except Conflict as refused:
        if refused.remedy is None or refused.remedy.advice not in {Advice.INSTALL_SPARK, Advice.INSTALL_JAVA}:
            raise
        pytest.skip(str(refused))


def _on_spark(settings: Settings) -> Settings:
    return settings.model_copy(update={"deciding_engine": DecidingEngine.SPARK, "spark_master": "local[1]"})


@pytest.mark.usefixtures("spark_config")
@pytest.mark.parametrize(("seed", "elsewhere"), [(_CITIES[0], ""), (_CITIES[1], "bucket")])
def test_decisions_of_a_generated_city_are_the_same_to_the_byte(
    seed: int, elsewhere: str, new_folder: NewFolder, tmp_path: Path
) -> None:
    with new_folder("sqlite", tmp_path / "data [1]") as empty:  # Spark would take it for a folder named "data 1"
        city = city_from_seed(seed)
        settings = with_graces_of(city, empty)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session:
            enter_city(session, city, tmp_path / "files", settings)
            if elsewhere:
                shutil.copytree(settings.data_dir / "events", tmp_path / elsewhere)
            address = f"file://{tmp_path / elsewhere}/" if elsewhere else ""
            written = []
            for decided_by in (settings, _on_spark(settings).model_copy(update={"spark_events": address})):
                out = tmp_path / "decisions.csv"
                write_decisions(session, DecisionsRequest(out, None, None, LAST), decided_by)
                written.append(out.read_bytes())
        engine.dispose()

    assert written[0] == written[1]
    assert written[0].count(b"\n") > len(city.events)


@pytest.mark.usefixtures("spark_config")
def test_event_files_that_are_not_where_spark_looks_are_refused(logged_town: Town, tmp_path: Path) -> None:
    settings = _on_spark(logged_town.settings).model_copy(update={"spark_events": str(tmp_path / "nowhere")})

    with pytest.raises(Conflict, match="Path does not exist") as refused:
        audit(logged_town.session, settings, AuditRequest(), NOW)

    assert refused.value.remedy is not None
    assert refused.value.remedy.advice is Advice.CHECK_SPARK


@pytest.mark.usefixtures("spark_config")
def test_an_audit_of_the_town_says_and_records_the_same(logged_town: Town) -> None:
    with copied(logged_town, logged_town.folder / "copy") as (session, settings):
        ours = audit(logged_town.session, logged_town.settings, AuditRequest(), NOW)
        on_spark = audit(session, _on_spark(settings), AuditRequest(), NOW)

        assert receipt_lines(on_spark) == receipt_lines(ours)
        assert on_spark.notices == ours.notices
        assert _recorded(session) == _recorded(logged_town.session)
        assert (on_spark.run.kept, bool(ours.run.kept)) == ("", True)


def test_the_text_that_spark_decides_by_says_what_the_arrays_say(tmp_path: Path, new_folder: NewFolder) -> None:
    with new_folder("sqlite", tmp_path / "data") as empty:
        city = city_from_seed(_CITIES[0])
        settings = with_graces_of(city, empty)
        engine = connect(settings.resolved_database_url())
        with Session(engine) as session, closing(open_bulk(settings)) as connection:
            enter_city(session, city, tmp_path / "files", settings)
            store = stored_logs(session, settings.data_dir)
            policy = Policy(load_facts(session, at=LAST, graces=settings.graces()), connection)
            Decided(policy, store, normalising_of(session, store)).keep()
            connection.execute(f"SET VARIABLE no_rule = {NO_RULE}; SET VARIABLE no_assignment = {NO_RULE - 1}")
            connection.execute(
                "CREATE VIEW events_to_decide AS "
                "SELECT epoch_us(time) AS instant, * EXCLUDE (time) FROM numbered_events"
            )
            connection.execute(files("audit").joinpath("look_up_rules.sql").read_text("utf-8"))
            columns = (
                "record, rule, resource_rule, account_rule, employee_key, series_key, purpose_key, span_start, span_end"
            )
            by_text, by_arrays = (
                connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()  # noqa: S608 - our names
                for table in ("decided_events", "decided")
            )
        engine.dispose()

    assert by_text == by_arrays
    assert len(by_text) == len(city.events)


@pytest.mark.parametrize(
    ("lacking", "advice"), [("sqlglot", Advice.INSTALL_SPARK), ("java", Advice.INSTALL_JAVA)], ids=["extra", "java"]
)
def test_without_what_spark_needs_an_audit_is_refused_before_it_begins(
    quiet_town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lacking: str, advice: Advice
) -> None:
    if lacking == "java":
        monkeypatch.setattr(open_spark, "_PACKAGES", ())
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    else:
        monkeypatch.setattr(open_spark, "_PACKAGES", ("sqlglot_that_is_not_there",))

    with pytest.raises(Conflict) as refused:
        audit(quiet_town.session, _on_spark(quiet_town.settings), AuditRequest(), NOW)

    assert refused.value.remedy is not None
    assert refused.value.remedy.advice is advice


def test_a_file_of_sparks_settings_is_refused_by_the_line_that_is_none(tmp_path: Path) -> None:
    config = tmp_path / "spark.conf"
    config.write_text("spark.executor.memory 4g\nexecutor.cores 2\n", "utf-8")

    with pytest.raises(Invalid, match=r'"executor\.cores 2" is no setting of Spark'):
        open_spark.read_config(config)


def _recorded(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Give all rows of audits and findings but what is kept for the next audit: no audit goes on from one of Spark."""
    return {
        table: [
            {name: cell for name, cell in row.items() if name != "kept"}
            for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()  # noqa: S608 - our names
        ]
        for table in ("audit_runs", "findings", "finding_figures", "finding_moves")
    }
