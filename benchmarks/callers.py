"""Lets callers use a city that is served: `python -m benchmarks.callers DATA-FOLDER`."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from app.open_installation import open_installation
from app.sample_city.sign_ins import SIGN_INS, add_sign_ins
from benchmarks.measured import answer
from benchmarks.then import now_then
from config.officials.officials import find_official
from config.officials.tokens import make_token

_THINGS = {
    "finding": "SELECT key FROM findings WHERE reason = 'no_work_assignment' AND figures_id IS NOT NULL "
    "ORDER BY key LIMIT 1 OFFSET (SELECT count(*) / 8 FROM findings)",
    "person": "SELECT employee_id FROM employees WHERE superseded_at IS NULL ORDER BY employee_id "
    "LIMIT 1 OFFSET (SELECT count(*) / 2 FROM employees)",
    "position": "SELECT position_code FROM positions WHERE superseded_at IS NULL "
    "ORDER BY position_code LIMIT 1 OFFSET (SELECT count(*) / 9 FROM positions)",
    "series": "SELECT code FROM data_series WHERE superseded_at IS NULL ORDER BY code LIMIT 1 OFFSET 70",
    "duty": "SELECT id FROM temporary_duties WHERE superseded_at IS NULL ORDER BY id LIMIT 1 OFFSET 700",
    "month": "SELECT max(month) FROM findings",
    "head": "SELECT employee_id FROM employees WHERE superseded_at IS NULL AND coalesce(manager_id, '') = '' "
    "ORDER BY employee_id LIMIT 1",
    "findings": "SELECT count(*) FROM findings WHERE figures_id IS NOT NULL",
    "below": "SELECT e.employee_id FROM employees e JOIN officials o ON o.login = 'manager' "
    "AND e.manager_id = o.employee_id WHERE e.superseded_at IS NULL ORDER BY e.employee_id LIMIT 1",
}
_QUESTIONS = "SELECT employee_id, series FROM temporary_duties WHERE superseded_at IS NULL ORDER BY id LIMIT 500"


def main() -> None:
    """Add an official for each group, and a token for each."""
    installation = replace(open_installation(Path(sys.argv[1]), create=False), clock=now_then)
    with installation.read() as work:
        known = find_official(work.session, SIGN_INS[0].login) is not None
    if not known:
        add_sign_ins(installation)
    tokens = {}
    with installation.change() as work:
        for one in SIGN_INS:
            expires = work.now + timedelta(days=30)
            tokens[one.login] = make_token(
                work.session, one.login, expires_at=expires, acts=(), now=work.now, by=work.by
            )
    with installation.read() as work:
        things = {name: _first(work.session, query) for name, query in _THINGS.items()}
        questions = [list(row) for row in work.session.execute(text(_QUESTIONS))]
    installation.engine.dispose()
    answer(tokens=tokens, things=things, questions=questions)


def _first(session: Session, query: str) -> object:
    found: object = session.execute(text(query)).scalars().first()
    return found


if __name__ == "__main__":
    main()
