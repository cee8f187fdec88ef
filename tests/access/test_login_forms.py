"""Lists of accounts compare logins as the sources of their system do."""

from pathlib import Path

import pytest
from sqlmodel import Session

from access.import_accounts import AccountImporter
from access.login_forms import state_login_form
from access.models import Account, LoginForm
from config.errors import Conflict
from tests.builders import JUNE_1
from tests.importing import counts, current_rows, import_text, refusals

TWO = "system,login,employee_id\nMail,CITY\\jdoe,E1\nmail,POLICE\\JDoe,E2\n"


def _state(session: Session, source: str, *, strip: bool) -> None:
    form = LoginForm(
        source=source,
        system="mail",
        strip_domain_prefix=strip,
        strip_domain_suffix=True,
        recorded_at=JUNE_1,
        recorded_by="clerk",
    )
    state_login_form(session, form)
    session.flush()


def test_logins_that_differ_in_their_domain_are_two_where_the_source_keeps_it(people: Session, tmp_path: Path) -> None:
    assert len(refusals(people, AccountImporter, tmp_path, TWO)) == 1

    _state(people, "mail", strip=False)

    assert counts(import_text(people, AccountImporter, tmp_path, TWO)) == (2, 0, 0, 0)
    assert [row.login for row in current_rows(people, Account)] == ["CITY\\jdoe", "POLICE\\JDoe"]
    assert counts(import_text(people, AccountImporter, tmp_path, TWO.replace("jdoe", "JDOE\u200b"))) == (0, 0, 2, 0)


def test_where_one_source_of_the_system_strips_domains_both_would_own_one_login(
    people: Session, tmp_path: Path
) -> None:
    _state(people, "mail", strip=False)
    _state(people, "mail archive", strip=True)

    [sentence] = refusals(people, AccountImporter, tmp_path, TWO)

    assert sentence.endswith("; domains do not count to a source of the system.")


def test_a_source_that_cannot_tell_recorded_logins_apart_is_refused(people: Session, tmp_path: Path) -> None:
    _state(people, "mail", strip=False)
    import_text(people, AccountImporter, tmp_path, TWO)

    with pytest.raises(Conflict, match="would be one, as its profile strips domains"):
        _state(people, "mail archive", strip=True)
