"""Notices are mailed by a real mail server: nothing is lost, nobody is held up, and nothing not public is in a mail."""

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.notices import send_mails as sending
from app.notices.models import Choice, NoticeChoice
from app.notices.send_mails import does_any_wait, send_mails
from config.locks import mailing
from config.mail_server import ServerFails, open_server
from config.officials.officials import give_address
from tests.app.service.duty_people import add_duty_people
from tests.app.service.mail_server import PASSWORD, Postbox, mail_server, reached_at
from tests.app.service.notices import gather, mails
from tests.app.service.serving import Service
from tests.app.service.working import hidden
from tests.databases import on_both

_BO = "bo@city.example"
_FIRST_PAUSE = timedelta(minutes=5)


@pytest.fixture
def served(service: Service, tmp_path: Path) -> Iterator[tuple[Service, Postbox]]:
    """Give the service, to whose manager Bo mails are sent, and what the mail server took."""
    add_duty_people(service)
    with service.installation.change() as work:
        give_address(work.session, "bo", _BO, now=work.now, by="bo")
    with mail_server(service.installation.settings, tmp_path) as (postbox, reaching):
        settings = reaching.model_copy(update={"smtp_password": SecretStr(PASSWORD)})
        yield replace(service, installation=replace(service.installation, settings=settings)), postbox


def ask(service: Service, times: int = 1) -> None:
    """Let Ann ask her manager Bo for duties, and gather what is to be told."""
    browser = service.signed_in("ann")
    for number in range(times):
        form = {
            "employee_id": "E1",
            "series": "S1",
            "actions": ["view"],
            "end": "+5d",
            "reason": f"Eve is away {number}",
        }
        answer = browser.post("/duties/new", data=form | {"step": "save", "key": f"{service.clock.now} {number}"})
        assert answer.status_code == 303
    gather(service)


def states(service: Service) -> list[tuple[str, int]]:
    return [(one.state, one.tries) for one in mails(service)]


def send(service: Service) -> str:
    return " ".join(send_mails(service.installation).said)


def text_of(message: Message) -> str:
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


@on_both
def test_a_mail_says_what_kind_how_many_and_where_and_nothing_else(served: tuple[Service, Postbox]) -> None:
    service, postbox = served
    ask(service, times=2)
    assert send(service) == "1 mail sent."

    (message,) = postbox.taken
    assert postbox.is_secret
    assert (message["To"], message["From"]) == (_BO, "thirteen@city.example")
    assert message["Subject"] == "Thirteen: 2 temporary duties wait for your approval"
    whole = message.as_string() + text_of(message)
    assert re.findall(r"https?://\S+", text_of(message)) == ["https://thirteen.city.example/notices"]
    for not_public in ("Ann", "Olson", "Larson", "Case files", "S1", "E1", "Eve"):
        assert not_public not in whole
    assert states(service) == [("sent", 1)]
    gather(service)
    assert not does_any_wait(service.installation)


def test_a_dead_server_loses_nothing_and_each_try_is_later_than_the_one_before(
    served: tuple[Service, Postbox],
) -> None:
    alive, postbox = served
    dead = alive.installation.settings.model_copy(update=reached_at(_closed_port()))
    service = replace(alive, installation=replace(alive.installation, settings=dead))
    ask(service)
    pauses = []
    for _ in range(6):
        assert "cannot be reached" in send(service)
        pauses.append(mails(service)[0].next_try_at - service.clock.now)
        assert not does_any_wait(service.installation)
        service.clock.pass_by(pauses[-1])

    assert [pause // timedelta(minutes=1) for pause in pauses] == [5, 10, 20, 40, 60, 60]
    gather(service)
    assert "mail_in_vain" in service.signed_in("administrator").get("/api/v1/notices").text
    assert send(alive) == "1 mail sent."
    assert len(postbox.taken) == 1


def test_an_address_that_is_refused_is_shown_with_what_to_do_and_a_corrected_one_gets_the_mail(
    served: tuple[Service, Postbox],
) -> None:
    service, postbox = served
    postbox.to_recipients[_BO] = "550 5.1.1 nobody <here>"
    ask(service)
    assert send(service) == "0 mails sent, 1 refused."
    gather(service)

    outbox = service.signed_in("administrator").get("/admin/mails").text
    assert "550 5.1.1 nobody &lt;here&gt;" in outbox
    bo = service.signed_in("bo")
    own = bo.get("/me/notices")
    assert "550 5.1.1 nobody" in own.text
    assert "mail_refused" in bo.get("/api/v1/notices").text
    saved = bo.post("/me/notices", data={"email": "bo.larson@city.example", "version": hidden(own, "version")})
    assert saved.status_code == 303
    assert send(service) == "1 mail sent."
    assert [message["To"] for message in postbox.taken] == ["bo.larson@city.example"]
    assert "550" not in bo.get("/me/notices").text


def test_a_mail_that_is_not_taken_now_is_tried_again_and_holds_up_no_other(served: tuple[Service, Postbox]) -> None:
    service, postbox = served
    postbox.to_data.append("451 4.3.0 try later")
    ask(service)
    service.clock.pass_by(timedelta(seconds=1))
    ask(service)

    assert send(service) == "1 mail sent, 1 to be tried again."
    assert states(service) == [("waiting", 1), ("sent", 1)]
    service.clock.pass_by(_FIRST_PAUSE)
    assert send(service) == "1 mail sent."


@pytest.mark.parametrize("answer", ["421 4.7.0 looked up too long", ""])
def test_an_address_over_which_the_server_hangs_up_holds_up_no_other(
    served: tuple[Service, Postbox], answer: str
) -> None:
    service, postbox = served
    with service.installation.change() as work:
        give_address(work.session, "ann", "ann@city.example", now=work.now, by="ann")
    postbox.to_recipients[_BO] = answer
    ask(service)
    bo = service.signed_in("bo")
    (duty,) = bo.get("/api/v1/temporary-duties").json()["items"]
    at = f"/api/v1/temporary-duties/{duty['id']}"
    headers = {"If-Match": bo.get(at).headers["ETag"]}
    assert bo.post(f"{at}/refuse", json={"reason": "not now"}, headers=headers).status_code == 200
    gather(service)

    assert "1 mail sent, 1 to be tried again." in send(service)
    assert [message["To"] for message in postbox.taken] == ["ann@city.example"]
    assert states(service) == [("waiting", 1), ("sent", 1)]


def test_one_that_was_killed_before_it_noted_the_sending_sends_again_under_the_same_message_id(
    served: tuple[Service, Postbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    service, postbox = served
    ask(service)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_note", killed)
        with pytest.raises(KeyboardInterrupt):
            send(service)
    assert states(service) == [("waiting", 1)]
    service.clock.pass_by(_FIRST_PAUSE)
    send(service)

    first, second = postbox.taken
    assert first["Message-ID"] == second["Message-ID"] == mails(service)[0].message_id


def test_daily_mails_are_written_at_their_hour_of_what_was_not_read_until_then(
    served: tuple[Service, Postbox],
) -> None:
    service, postbox = served
    with service.installation.aside() as work:
        work.session.add(NoticeChoice(login="bo", kind="duty_to_approve", choice=Choice.DIGEST))
    ask(service)
    service.clock.pass_by(timedelta(hours=20, minutes=59))  # 6:59 in the entity's zone
    gather(service)
    assert mails(service) == []

    service.clock.pass_by(timedelta(minutes=1))
    gather(service)
    gather(service)
    assert send(service) == "1 mail sent."
    ask(service)
    assert service.signed_in("bo").post("/notices/read").status_code == 303
    service.clock.pass_by(timedelta(days=1))
    gather(service)
    assert len(mails(service)) == len(postbox.taken) == 1


def test_who_has_no_address_any_more_gets_no_mail_and_the_outbox_says_so(served: tuple[Service, Postbox]) -> None:
    service, postbox = served
    ask(service)
    with service.installation.change() as work:
        give_address(work.session, "bo", "", now=work.now, by="bo")

    send(service)

    assert (states(service), postbox.taken) == ([("dropped", 0)], [])


def test_two_processes_do_not_send_the_same(served: tuple[Service, Postbox]) -> None:
    service, postbox = served
    ask(service)
    with mailing(service.installation.engine, service.installation.settings):
        assert send(service) == "Another process sends them already."
    assert postbox.taken == []


def test_a_wrong_password_is_said_and_loses_nothing(served: tuple[Service, Postbox]) -> None:
    service, _ = served
    wrong = service.installation.settings.model_copy(update={"smtp_password": SecretStr("guess")})
    locked_out = replace(service, installation=replace(service.installation, settings=wrong))
    ask(locked_out)

    said = send(locked_out)

    assert "does not let us in" in said
    assert "guess" not in said
    assert states(service) == [("waiting", 1)]


def test_a_server_that_never_answers_is_given_up_when_its_time_is_over(service: Service) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = service.installation.settings.model_copy(update=reached_at(silent.getsockname()[1]))
        with pytest.raises(ServerFails, match="cannot be reached"), open_server(settings, seconds=0.05):
            pass


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
