"""Kills a serving process amid looks, again and again, and holds what came into the event store to what was answered.

Run by hand: `python -m tests.kills.looks [KILLS]`. Of each look that was answered there must be one event, and no more
events than looks that were asked for: one whose answer did not come may have been written down or not.
"""

import csv
import multiprocessing
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

import httpx2

from app import start
from app.looks import keep_taking
from config.own_source import OWN_SOURCE

_KILLS = 50
_PROGRAM = (sys.executable, "-c", "from app.start import main; main()")
# It is killed when so many looks were answered at most, and so many seconds have passed since at most.
_MOST_LOOKS, _LONGEST_LIFE = 40, 3
_ASKERS = 3
_SEED = 13
_FORKS = multiprocessing.get_context("forkserver")  # loaded once, as loading is most of a short life
_FORKS.set_forkserver_preload(["app.serve", "app.cli", "app.open_installation"])


class World:
    """A city with one official, who looks at people that are there by name alone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "thirteen-data"
        self.token = ""
        self.answered, self.asked = Counter[str](), Counter[str]()

    def make(self) -> None:
        """Set it up."""
        self.run("init", "--entity", "City of Oak")
        people = self.folder / "employees.csv"
        people.write_text("employee_id,name,hire_date\nE1,Ann Olson,2020-01-01\n", encoding="utf-8")
        self.run("import", "employees", str(people))
        official = ("olive", "--role", "compliance_official", "--employee", "E1")
        self.run("official", "add", *official, given="violet mailbox juggling thirty otters")
        self.token = self.run("official", "token", "olive", "--expires", "2100-01-01").split()[-1]

    def run(self, *arguments: str, given: str = "") -> str:
        """Run a command."""
        done = subprocess.run(  # noqa: S603 - our own program
            [*_PROGRAM, "--data-dir", str(self.data), *arguments],
            input=given,
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[tuple[BaseProcess, str]]:
        """Serve it, and give the process and its address, once it answers; afterwards, wait for its end."""
        port = _free_port()
        arguments = ("--data-dir", str(self.data), "serve", "--port", str(port), "--no-jobs", "--no-schedule")
        process = _FORKS.Process(target=_serve, args=(arguments,))
        process.start()
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield process, address
        process.join()

    def look(self, address: str, over: Event, asker: int) -> None:
        """Look at one invented person's duties after the other's until the service is gone."""
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx2.Client(headers=headers, timeout=30) as client:
            while not over.is_set():
                subject = f"{asker}-{self.asked.total()}-{random.random()}"  # noqa: S311 - nothing is kept secret by it
                self.asked[subject] += 1
                try:
                    answer = client.get(f"{address}/api/v1/temporary-duties", params={"employee_id": subject})
                except httpx2.HTTPError:
                    return
                assert answer.status_code == 200, answer.text
                self.answered[subject] += 1

    def events(self) -> Counter[str]:
        """Give how many events there are of each look, by the invented subject."""
        out = self.folder / "decisions.csv"
        out.unlink(missing_ok=True)
        self.run("decisions", "--out", str(out))
        with out.open(encoding="utf-8", newline="") as file:
            return Counter(row["subject"] for row in csv.DictReader(file) if row["source"] == OWN_SOURCE)


def _serve(arguments: tuple[str, ...]) -> None:
    """Serve; what is looked at is taken each second, so that many kills come amid an import."""
    keep_taking.SECONDS_BETWEEN = 1
    sys.argv = ["thirteen", *arguments]
    start.main()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(3_000):
        try:
            httpx2.get(f"{address}/health/live")
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The service does not answer.")


def main(kills: int) -> None:
    """Kill so often, and hold what is left to what was answered."""
    lives = random.Random(_SEED)  # noqa: S311 - to be killed at the same moments again
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.make()
        for number in range(kills):
            _live_once(world, lives.randrange(_MOST_LOOKS), lives.uniform(0, _LONGEST_LIFE))
            print(f"{number + 1} kills, {world.answered.total():,} looks answered", flush=True)  # noqa: T201 - a tool
        with world.served() as (process, _):  # takes what was left, and ends of itself
            process.terminate()
        events = world.events()
    lost = world.answered - events
    doubled = events - world.asked
    said = f"{lost.total()} lost, {doubled.total()} doubled"
    print(f"{world.answered.total():,} answered, {events.total():,} events: {said}")  # noqa: T201 - the same
    sys.exit(1 if lost or doubled else 0)


def _live_once(world: World, looks: int, seconds: float) -> None:
    over, before = Event(), world.answered.total()
    with world.served() as (process, address):
        askers = [Thread(target=world.look, args=(address, over, number)) for number in range(_ASKERS)]
        for asker in askers:
            asker.start()
        while world.answered.total() < before + looks and any(asker.is_alive() for asker in askers):
            time.sleep(0.01)
        time.sleep(seconds)
        process.kill()
        over.set()
        for asker in askers:
            asker.join()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _KILLS)
