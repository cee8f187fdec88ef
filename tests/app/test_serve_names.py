"""The service answers under this machine's names and the one that people type, and no other."""

from pathlib import Path

from app.serve import names_of
from config.settings import Settings


def test_the_name_that_people_type_is_among_those_it_answers_to(tmp_path: Path) -> None:
    plain = Settings(data_dir=tmp_path)
    behind_a_proxy = Settings(data_dir=tmp_path, base_url="https://thirteen.city.example:8443")

    assert names_of(plain, "10.0.0.4") == ("127.0.0.1", "localhost", "10.0.0.4")
    assert names_of(behind_a_proxy, "127.0.0.1")[-1] == "thirteen.city.example"
