"""A URL that would be misread, or would lose what is written, is refused in words."""

from pathlib import Path

import pytest

from config.database_url import read_database_url
from config.errors import Invalid
from config.settings import Settings

EXPECTED = "write it as postgresql://user@host/name"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", EXPECTED),
        ("city", EXPECTED),
        ("://", EXPECTED),
        ("mysql://host/city", EXPECTED),
        ("postgresql+psycopg2://host/city", EXPECTED),
        ("postgresql://host:port/city", EXPECTED),
        ("postgresql://host:5432:5433/city", EXPECTED),
        ("postgresql:///city?host=a&host=b&port=1&port=2&port=3", EXPECTED),
        ("postgresql:///city?port=many", EXPECTED),
        ("postgresql://host/city?connect_timeout=soon", EXPECTED),
        ("postgresql://a..b/city", EXPECTED),
        ("postgresql://host/city%00", EXPECTED),
        ("postgresql://host/\udcff", EXPECTED),
        ("postgresql://host/city?foo=bar", 'has the option "foo", which PostgreSQL does not know'),
        ("postgresql://host/city?autocommit=1", 'has the option "autocommit"'),
        ("sqlite://", "names no file that every command would find again"),
        ("sqlite:///:memory:", "names no file that every command would find again"),
        ("sqlite:///city.sqlite", "names no file that every command would find again"),
        ("sqlite:////srv/city.sqlite?mode=ro", "takes no host and no options"),
        ("sqlite:////" + "x" * 500, "longer than the 500 bytes"),
    ],
)
def test_what_cannot_be_kept_to_is_refused(url: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_database_url(Settings(database_url=url))


@pytest.mark.parametrize(
    "url",
    [
        "postgres://ada:secret@host:5433/city",
        "postgresql+psycopg:///city?host=/var/run/postgresql&sslmode=require",
        "postgresql://[::1]/city?connect_timeout=5",
        "postgresql:///city?host=one:5432&host=two:5433&target_session_attrs=read-write",
        "sqlite:////srv/city.sqlite",
    ],
)
def test_what_can_be_kept_to_is_taken(url: str) -> None:
    assert read_database_url(Settings(database_url=url)).endswith(url.partition("://")[2])


def test_without_one_the_database_lies_in_the_data_folder() -> None:
    url = read_database_url(Settings(data_dir=Path("/srv/city"), database_url=None))

    assert url == "sqlite:////srv/city/thirteen.sqlite"
