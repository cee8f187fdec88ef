"""What was committed to a database changes its state, and reading it does not."""

from sqlalchemy import Engine
from sqlmodel import select

from access.models import Employee
from config.database_state import DatabaseState
from config.sessions import reading, transaction
from tests.builders import a_row
from tests.databases import on_both


@on_both
def test_a_state_lasts_until_something_is_committed(engine: Engine) -> None:
    state = DatabaseState(engine)
    before = state.now()
    with reading(engine) as session:
        session.exec(select(Employee)).all()
    assert state.now() == before

    with transaction(engine) as session:
        session.add(a_row(Employee, employee_id="E1"))
    after = state.now()
    assert after not in {before, None}
    assert state.now() == after


def test_the_counts_of_two_connections_are_told_apart(engine: Engine) -> None:
    state = DatabaseState(engine)
    before = state.now()
    engine.dispose()

    assert state.now() != before
