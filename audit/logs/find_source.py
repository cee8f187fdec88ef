"""Find a source by its name; apart from what sets one up, which takes long to load."""

from sqlmodel import Session, select

from audit.logs.models import Source
from config.errors import NotFound
from config.recorded import current
from config.remedies import Advice, Remedy


def find_source(session: Session, name: str) -> Source:
    """Find a source by its name.

    Raises:
        NotFound: There is none; the sentence names those there are.
    """
    source = session.exec(select(Source).where(Source.name == name, current(Source))).first()
    if source is None:
        names = session.exec(select(Source.name).where(current(Source)).order_by(Source.name)).all()
        known = f"the sources are {', '.join(names)}" if names else "there is none yet"
        raise NotFound(f'There is no source "{name}"; {known}.', remedy=Remedy(Advice.ADD_SOURCE))
    return source
