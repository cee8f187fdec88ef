"""What serves once serves once, on either database."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine

from config.officials.oidc.faults import RefusedAnswer
from config.officials.oidc.taken_answers import take_answer
from config.officials.second_factor import codes_left, factor_of, remove_factor, set_up_factor, take_code
from config.officials.totp import new_secret
from config.settings import Settings
from tests.app.service.serving import serve
from tests.databases import on_both


@on_both
def test_a_code_of_the_app_a_recovery_code_and_an_answer_serve_once(engine: Engine, settings: Settings) -> None:
    service, secret = serve(engine, settings), new_secret()
    app = pyotp.TOTP(secret)
    with service.installation.change() as work:
        codes = set_up_factor(work, "hr", secret, app.at(service.clock()))
    service.clock.pass_by(timedelta(minutes=5))
    earlier, now = app.at(service.clock() - timedelta(seconds=30)), app.at(service.clock())

    with service.installation.aside() as work:
        factor = factor_of(work.session, "hr")
        assert factor
        tried = (codes[3], codes[3], now, now, earlier, "")
        taken = [take_code(work.session, factor, code, now=work.clock) for code in tried]
        left = codes_left(work.session, factor)
    take_answer(service.installation, "nonce")
    with pytest.raises(RefusedAnswer, match="was used already"):
        take_answer(service.installation, "nonce")

    assert taken == [True, False, True, False, False, False]
    assert left == 9
    with service.installation.change() as work:
        remove_factor(work.session, "hr", now=work.now, by="administrator")
    with service.installation.read() as work:
        assert factor_of(work.session, "hr") is None
