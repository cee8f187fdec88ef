"""How tests let the jobs of the service be done: in this process, one after the other."""

import re

from httpx2 import Response

from app.jobs.work import do_next
from tests.app.service.serving import Service

POSITIONS = "position_code,title,department\nP1,Clerk,Police\nP2,Gardener,Parks\n"


def work_off(service: Service) -> None:
    """Do all jobs that are asked for."""
    while do_next(service.installation, "test"):
        pass


def hidden(page: Response, name: str = "key") -> str:
    """Give the value of the first hidden field of a name."""
    return str(re.findall(rf'name="{name}" value="([\w-]*)"', page.text)[0])
