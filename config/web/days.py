"""A day as a program sends it: one of the years of people, as files and forms have them."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from config.clock import checked_day

Day = Annotated[date, AfterValidator(checked_day)]
