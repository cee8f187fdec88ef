"""How tests let the jobs of the service be done: in this process, one after the other."""

import re

from httpx2 import Response
from sqlmodel import select

from access.models import Position
from app.jobs.work import do_next
from config.uploads.places import FOLDER
from tests.app.service.serving import Service

POSITIONS = "position_code,title,department\nP1,Clerk,Police\nP2,Gardener,Parks\n"


def work_off(service: Service) -> None:
    """Do all jobs that are asked for."""
    while do_next(service.installation, "test"):
        pass


def hidden(page: Response, name: str = "key") -> str:
    """Give the value of the first hidden field of a name."""
    return str(re.findall(rf'name="{name}" value="([\w-]*)"', page.text)[0])


def uploads(service: Service) -> list[str]:
    """Give the files that were sent and are kept."""
    folder = service.installation.settings.data_dir / FOLDER
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def positions(service: Service) -> list[str]:
    """Give the codes of all positions on the record."""
    with service.installation.read() as work:
        return sorted(work.session.exec(select(Position.position_code)).all())
