"""Reads the tables of names that the city is made of."""

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """Read one of the CSV tables in the package's data folder."""
    text = files("app.sample_city").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))
