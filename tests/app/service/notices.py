"""How tests gather notices and look at them."""

from sqlmodel import col, select

from app.notices.gather_notices import gather_notices
from app.notices.models import Mail, Notice
from tests.app.service.serving import Service


def gather(service: Service) -> None:
    """Gather all notices."""
    gather_notices(service.installation)


def notices(service: Service, login: str) -> list[Notice]:
    """Give the notices of an official, by their numbers."""
    with service.installation.read() as work:
        found = work.session.exec(select(Notice).where(Notice.recipient == login).order_by(col(Notice.id))).all()
        work.session.expunge_all()
    return list(found)


def told(service: Service, login: str, of: str = "duty") -> list[str]:
    """Give the kinds of which an official is told and that are not over, of those whose name begins so."""
    return sorted(one.kind for one in notices(service, login) if one.over_at is None and one.kind.startswith(of))


def mails(service: Service) -> list[Mail]:
    """Give all mails, the first first."""
    with service.installation.read() as work:
        found = work.session.exec(select(Mail).order_by(col(Mail.id))).all()
        work.session.expunge_all()
    return list(found)
