"""What docs/running.md gives to be copied is true: its commands are taken, its settings are there, its files parse."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trustme

from app.door import Door, Group
from app.doors import DOORS
from config.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
_TEXT = (ROOT / "docs" / "running.md").read_text("utf-8")


def _block(first: str, last: str) -> str:
    """Give an indented block of the page by its first and its last line."""
    lines = _TEXT.splitlines()
    begins = lines.index(f"    {first}")
    ends = next(place for place in range(begins, len(lines)) if lines[place] == f"    {last}")
    return "\n".join(line.removeprefix("    ") for line in lines[begins : ends + 1]) + "\n"


_UNIT = _block("[Unit]", "WantedBy=multi-user.target")
_PROXY = _block("server {", "}")
_IMAGE = _block("FROM python:3.11-slim", 'CMD [".venv/bin/thirteen", "serve", "--host", "0.0.0.0"]')


def _commands() -> list[str]:
    """Give what stands behind `thirteen` in each command of the page, and in what is copied from it."""
    given = re.findall(r"(?m)^    .*?bin/thirteen(?= )(.*)$|^    thirteen (.*)$|^    ExecStart=\S+ (.*)$", _TEXT)
    started = (
        ", ".join(re.findall(r'(?m)^CMD \["\.venv/bin/thirteen", (.*)\]$', _IMAGE)).replace('", "', " ").strip('"')
    )
    return [*("".join(one).partition("  #")[0].strip() for one in given), started]


@pytest.mark.parametrize("command", _commands())
def test_a_command_of_the_page_is_taken(command: str) -> None:
    words = shlex.split(re.sub(r"--data-dir \S+ ?", "", command))
    doors: dict[str, Door | Group] = {str(one.name): one for one in DOORS}
    door: Any = doors[words[0]]
    words = words[1:]
    if isinstance(door, Group):
        door, words = door.commands[words[0]], words[1:]

    door.make_context(door.name, words)  # a word that it does not take is refused


def test_every_setting_that_the_documentation_names_is_one() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "app" / "help" / "texts").rglob("*.md")]
    named = {name for page in pages for name in re.findall(r"\bTHIRTEEN_([A-Z_]+)\b", page.read_text("utf-8"))}

    assert {name.lower() for name in named} - set(Settings.model_fields) == set()


def test_proxy_and_service_agree_on_port_and_longest_upload() -> None:
    assert "proxy_pass http://127.0.0.1:8013;" in _PROXY
    assert "client_max_body_size 4g;" in _PROXY
    assert Settings.model_fields["upload_limit_mb"].default == 4 * 1024


def test_the_image_is_made_by_a_target_that_there_is_and_without_anybodys_data() -> None:
    target = re.findall(r"RUN make (\S+)", _IMAGE)[0]
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()

    assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
    assert {".git", ".venv", "sample-city", "thirteen-data"} <= set(left_out)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "thirteen.service"
    unit.write_text(_UNIT.replace("/opt/thirteen/.venv/bin/thirteen", sys.executable), "utf-8")

    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)  # noqa: S603, S607 - a program of this machine

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("nginx") is None, reason="needs nginx")
def test_nginx_takes_the_proxy(tmp_path: Path) -> None:
    trustme.CA().issue_cert("thirteen.city.example").private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "pem"))
    server = re.sub(
        r"listen 443 ", f"listen unix:{tmp_path}/socket ", re.sub(r"/etc/ssl/\S+(?=;)", f"{tmp_path}/pem", _PROXY)
    )
    configuration = tmp_path / "nginx.conf"
    folders = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {folders} {server} }}", "utf-8")
    command = ["nginx", "-t", "-p", str(tmp_path), "-c", str(configuration), "-e", str(tmp_path / "errors")]

    checked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the same

    assert checked.returncode == 0, checked.stderr
