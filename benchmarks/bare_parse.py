"""Merely parses a log, by the quickest well-known parser: `python -m benchmarks.bare_parse HOW LOG`."""

import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree.ElementTree import iterparse  # of our own writing, without entities

import pyarrow as pa
import python_calamine
from evtx import PyEvtxParser
from pyarrow import csv
from pyarrow import json as arrow_json

from benchmarks.measured import answer
from benchmarks.watch import Watch

_CUTS = (slice(0, 20), slice(20, 24), slice(24, 37), slice(37, 44), slice(44, 57), slice(57, 70), slice(70, None))
_WEB = r'(\S+) (\S+) (\S+) \[([^\]]+)\] "(\S+) (\S+) ([^"]*)" (\d{3}) (\d+|-) "([^"]*)" "([^"]*)"'
_POSTGRESQL = r"(\S+ \S+ \S+) \[(\d+)\]: \[(\d+)-1\] user=([^,]*),db=([^,]*),app=([^,]*),client=(\S*) ([A-Z]+):  (.*)"
_SYSLOG = r"<(\d+)>1 (\S+) (\S+) (\S+) (\S+) (\S+) (-|\[.*?\]) (.*)"
_KEYS, _PAIRS = r"(\w+)=(.*?)(?=\s\w+=|$)", r"""(\w+)=("[^"]*"|\S+)"""
_TABS = r"(\w+)=([^\t\n]*)"


def _table(path: Path) -> int:
    return int(csv.read_csv(path).num_rows)


def _workbook(path: Path) -> int:
    return len(python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()) - 1


def _json_lines(path: Path) -> int:
    return int(arrow_json.read_json(pa.memory_map(str(path))).num_rows)


def _json_document(path: Path) -> int:
    return len(json.loads(path.read_bytes())["Records"])


def _xml(path: Path) -> int:
    count = 0
    for _, element in iterparse(path):  # noqa: S314 - our own
        if element.tag.endswith("}Event"):
            count += 1
            element.clear()
    return count


def _evtx(path: Path) -> int:
    return sum(1 for _ in PyEvtxParser(str(path)).records_json())


def _fitting(pattern: str) -> Callable[[Path], int]:
    """Give what fits one expression on each line and takes its groups."""
    fits = re.compile(pattern).match

    def parse(path: Path) -> int:
        with path.open(encoding="utf-8") as lines:
            return sum(1 for line in lines if (found := fits(line)) and found.groups())

    return parse


def _finding(pattern: str, lines_a_record: int = 1) -> Callable[[Path], int]:
    """Give what makes a map of the pairs of each line."""
    find = re.compile(pattern).findall

    def parse(path: Path) -> int:
        with path.open(encoding="utf-8") as lines:
            return sum(1 for line in lines if dict(find(line))) // lines_a_record

    return parse


def _fixed(path: Path) -> int:
    with path.open(encoding="utf-8") as lines:
        return sum(1 for line in lines if [line[cut].strip() for cut in _CUTS])


def _cells(path: Path) -> int:
    with path.open(encoding="utf-8") as lines:
        return sum(1 for line in lines if line.split()) - 1


_HOW: Mapping[str, Callable[[Path], int]] = {
    "csv": _table,
    "fixed": _fixed,
    "xlsx": _workbook,
    "jsonl": _json_lines,
    "json": _json_document,
    "xml": _xml,
    "evtx": _evtx,
    "web": _fitting(_WEB),
    "postgresql": _fitting(_POSTGRESQL),
    "syslog": _fitting(_SYSLOG),
    "keys": _finding(_KEYS),
    "tabs": _finding(_TABS),
    "auditd": _finding(_PAIRS, lines_a_record=3),
    "cells": _cells,
}


def main() -> None:
    """Parse the log once, in a new process; starting is not counted."""
    watch = Watch()
    records = _HOW[sys.argv[1]](Path(sys.argv[2]))
    answer(**watch.lap()._asdict(), records=records)


if __name__ == "__main__":
    main()
