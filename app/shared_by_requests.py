"""What all requests of one service share: its installation, and what is kept of it from one request to the next."""

from fastapi import FastAPI
from sqlmodel import Session

from app.decisions.live import share_policy
from audit.looks.look_journal import LookJournal
from config.web.rendering import environment
from config.web.signed_in import Recognised
from config.work import Installation
from inventory.queries import the_entity


def share_installation(app: FastAPI, installation: Installation) -> None:
    """Have a service's requests answered of an installation; nothing is known of it yet."""
    app.state.installation = installation
    app.state.looks = LookJournal(installation.settings.data_dir)
    app.state.recognised = Recognised(installation.engine)
    share_policy(app)
    app.state.templates = environment()
    app.state.is_ending = lambda: False  # until the server that answers says otherwise
    app.state.entity_name = lambda: _entity_name(installation)


def _entity_name(installation: Installation) -> str:
    with installation.read() as work:
        return _named(work.session, installation)


def _named(session: Session, installation: Installation) -> str:
    return the_entity(session, installation.clock()).name
