"""The service under load: every page, live decisions of many callers, saving while an audit runs, its memory."""

import gzip
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.measured import audit_beside_others, run_module, run_then
from benchmarks.prepare import Prepared, prepare_then
from benchmarks.progress import say
from benchmarks.rounds import Figures
from benchmarks.served import Served, ask, served_city, served_constant
from benchmarks.service_requests import decision_requests, duty_requests, reading_requests

CALLERS = 50
_RATE = 4  # decisions that each caller asks for in a second
_TIMES = 30  # how often each page is asked for
_SECONDS = 20
_DUTIES = 40
_MANY = 10_000
_ENOUGH = 0.014  # of accesses to data of others among all, so that 10 million events have 100,000 findings
_LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Store:
    """A city that is served: its data folder, and how and of what it is asked."""

    data: Path
    folder: Path
    callers: dict[str, Any]

    @property
    def findings(self) -> int:
        """How many findings stand."""
        found: int = self.callers["things"]["findings"]
        return found


def prepare_store(city: Prepared) -> Store:
    """Import the city's log, and accesses to data of others beside it, audit both, and let callers in."""
    folder = city.folder / "service"
    folder.mkdir(exist_ok=True)
    say("Preparing the store that is served")
    strays = folder / "strays.csv"
    run_module("write_strays", city.log, int(city.events * _ENOUGH), strays)
    data = prepare_then(city, "served")
    for log in (city.log, strays):
        run_then(data, "import", "log", log, "--source", city.source)
    run_then(data, "audit")
    callers = run_module("callers", data)
    callers["things"]["source"] = city.source
    return Store(data, folder, callers)


def measure_service(store: Store, port: int) -> Figures:
    """Measure one round."""
    with served_city(store.data, port) as city, served_constant(port + 1) as bare:
        pages, decisions = reading_requests(store.callers), decision_requests(store.callers)
        ask(city, pages, store.folder, most=len(pages))  # what one state of the record is looked up for once
        ask(city, decisions, store.folder, most=len(decisions))
        idle = city.memory_mib()
        figures: Figures = {
            "bare": _percentiles(ask(bare, _constant(), store.folder, most=1_000)["bare"]),
            "pages": {
                name: _percentiles(took)
                for name, took in ask(city, pages, store.folder, most=len(pages) * _TIMES).items()
            },
            "steady": _decided(ask(city, decisions, store.folder, callers=CALLERS, rate=_RATE, seconds=_SECONDS)),
            "closed": _decided(ask(city, decisions, store.folder, callers=CALLERS, seconds=_SECONDS)),
            "bare_closed": _decided(ask(bare, _constant(), store.folder, callers=CALLERS, seconds=_SECONDS)),
            "first_page_kb": _first_page(city, store.callers["tokens"]["official"]) / 1_000,
            "idle_mib": idle,
        }
        ask(city, [*pages, *decisions], store.folder, callers=4, most=_MANY)
        figures["busy_mib"] = city.memory_mib()
        figures["duty"] = _saving(city, store)
    return figures


def _saving(city: Served, store: Store) -> Figures:
    """Save duties alone, and then while an audit of everything runs beside."""
    alone = ask(city, duty_requests(store.callers, _DUTIES, "alone"), store.folder, rate=4, most=_DUTIES)["duty"]
    with ThreadPoolExecutor(1) as beside:
        audit = beside.submit(audit_beside_others, store.data)
        during = ask(city, duty_requests(store.callers, _DUTIES, "beside"), store.folder, rate=4, most=_DUTIES)["duty"]
        is_whole = not audit.done()
        wall = audit.result()
    return {"alone": median(alone), "during": median(during), "audit_lasted": is_whole, "audit_wall": wall}


def _constant() -> list[dict[str, Any]]:
    return [{"name": "bare", "method": "GET", "path": "/", "headers": {}, "body": None}]


def _decided(took: dict[str, list[float]]) -> Figures:
    (times,) = took.values()
    return {**_percentiles(times), "a_second": len(times) / _SECONDS}


def _percentiles(times: Sequence[float]) -> Figures:
    ordered = sorted(times)
    return {f"p{one}": ordered[min(len(ordered) - 1, len(ordered) * one // 100)] for one in (50, 95, 99)}


def _first_page(city: Served, token: str) -> int:
    """Give the bytes of the home page and all that it links, as they come to a browser that takes them compressed."""
    page, sent = _get(city, "/", token)
    linked = dict.fromkeys(_LINKED.findall(page.decode()))
    return sent + sum(_get(city, path, token)[1] for path in linked)


def _get(city: Served, path: str, token: str) -> tuple[bytes, int]:
    asked = Request(f"{city.address}{path}", headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"})  # noqa: S310 - our own address
    with urlopen(asked) as answer:  # noqa: S310 - the same
        sent = answer.read()
        is_compressed = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(sent) if is_compressed else sent), len(sent)
