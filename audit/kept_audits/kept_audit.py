"""What the newest audit decided, kept in a folder of the cache: it may be lost any time, and is believed by its digest.

The audit's row in the record holds the digest of the folder's list of files, which holds theirs. So what belongs to
another audit, another record or another version of the program, or was damaged, is as if it were not there. The folder
gets its final name after the commit of that row; what else there is of its kind, `app/remove_leftovers.py` clears away.
"""

import hashlib
import json
import shutil
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from audit.kept_audits.fingerprints import Fingerprints
from audit.least import Least, Listed
from audit.logs.file_kinds import PARTIAL
from audit.rules_of_records import RulesFrom, RulesOfRecords
from audit.tally import Tally

SAMPLED, FLAGGED_ROWS, RESOURCES = "sampled.parquet", "flagged.parquet", "resources.parquet"
_LIST, _KNOWN, _LISTED, _RULES = "files.json", "known.json", "listed.npz", "rules"
_FOLDER = "decided-"


@dataclass(frozen=True)
class Frame:
    """What must be as it was for an audit to go on from what another one decided.

    Args:
        decided_by: The program's version, and how what is kept is laid out.
        bounds: Of the range, in microseconds since 1970 in UTC; None = no bound.
        zone: The entity's.
        wanted: How many are cross-examined.
        sources: By source: its system, and how its accounts compare.
        names: By source: the files in which its names came first.
        imports: By import: the file in which its events came first.
    """

    decided_by: str
    bounds: tuple[int | None, int | None]
    zone: str
    wanted: int
    sources: Mapping[str, tuple[str, str]]
    names: Mapping[str, tuple[str, ...]]
    imports: Mapping[int, str]

    def leads_to(self, now: "Frame") -> bool:
        """Say whether what was decided in this frame holds in another, but for imports that came and went."""
        fixed = (self.decided_by, self.bounds, self.zone, self.wanted)
        if fixed != (now.decided_by, now.bounds, now.zone, now.wanted):
            return False
        return all(
            now.sources[source] == self.sources[source] and set(self.names[source]) <= set(now.names[source])
            for source in self.sources.keys() & now.sources.keys()
        )


@dataclass(frozen=True)
class KeptAudit:
    """What an audit decided.

    Args:
        folder: Has the tables SAMPLED, FLAGGED_ROWS and RESOURCES.
        run: Its number.
    """

    folder: Path
    run: int
    frame: Frame
    known: Fingerprints
    tally: Tally


def folder_of(data_dir: Path, digest: str) -> Path:
    """Give the folder of what is kept under a digest."""
    return data_dir / "cache" / f"{_FOLDER}{digest[:16]}"


def read_kept(data_dir: Path, digest: str, run: int, decided_by: str) -> KeptAudit | None:
    """Give what an audit decided, by the digest that its row has; None where it is not there, or not whole.

    Args:
        decided_by: As in `Frame`: what another version of the program kept is not there for this one.
    """
    folder = folder_of(data_dir, digest)
    try:
        listed = (folder / _LIST).read_bytes()
        if hashlib.sha256(listed).hexdigest() != digest:
            return None
        about = json.loads(listed)
        if about["frame"]["decided_by"] != decided_by:
            return None
        if any(_digest(folder / name) != sha256 for name, sha256 in about["files"].items()):
            return None
        return KeptAudit(folder, run, _frame(about["frame"]), _fingerprints(folder), _tally(folder, about))
    except OSError:
        return None


def write_kept(folder: Path, frame: Frame, known: Fingerprints, tally: Tally) -> str:
    """Write what an audit decided beside the tables that lie in a folder already; give the digest of all of it."""
    (folder / _KNOWN).write_text(json.dumps(vars(known)), "utf-8")
    np.savez(folder / _LISTED, **_lists("at_random", tally.at_random), **_lists("near_an_edge", tally.near_an_edge))
    rules = _write_rules(folder / _RULES, tally.rules)
    digests = {path.name: _digest(path) for path in sorted(folder.iterdir())}
    about = {"frame": asdict(frame), "counts": tally.counts.tolist(), "rules": rules, "files": digests}
    listed = json.dumps(about).encode()
    (folder / _LIST).write_bytes(listed)
    return hashlib.sha256(listed).hexdigest()


def new_folder(data_dir: Path) -> Path:
    """Make an empty folder in which something is going to be kept."""
    folder = data_dir / "cache" / f"{_FOLDER}{uuid.uuid4().hex}{PARTIAL}"
    folder.mkdir(parents=True)
    return folder


def let_stand(data_dir: Path, folder: Path, digest: str) -> None:
    """Let what was kept of an audit that was just published stand in the place of what others kept."""
    wanted = folder_of(data_dir, digest)
    for path in (data_dir / "cache").glob(f"{_FOLDER}*"):
        if path not in {folder, wanted}:
            shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):  # somebody cleared it away, or the same is there already
        folder.rename(wanted)


def _write_rules(path: Path, noted: RulesOfRecords) -> dict[int, tuple[int, int]]:
    """Write the rules of all records after one another; give by import the first record, and how many follow."""
    places = {}
    with path.open("wb") as file:
        for import_id, of_import in noted.by_import.items():
            # room that was left for more is not kept
            rules = of_import.rules[: len(of_import.rules) - int(np.argmax(of_import.rules[::-1] > 0))]
            rules.tofile(file)
            places[import_id] = (of_import.first, len(rules))
    return places


def _read_rules(path: Path, places: Mapping[str, tuple[int, int]]) -> RulesOfRecords:
    rules = np.memmap(path, np.uint8, mode="r") if path.stat().st_size else np.zeros(0, np.uint8)
    by_import, offset = {}, 0
    for import_id, (first, records) in places.items():
        by_import[int(import_id)] = RulesFrom(first, rules[offset : offset + records])
        offset += records
    return RulesOfRecords(by_import)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _frame(written: Mapping[str, Any]) -> Frame:
    return Frame(
        written["decided_by"],
        (written["bounds"][0], written["bounds"][1]),
        written["zone"],
        written["wanted"],
        {source: (system, how) for source, (system, how) in written["sources"].items()},
        {source: tuple(files) for source, files in written["names"].items()},
        {int(import_id): file for import_id, file in written["imports"].items()},
    )


def _fingerprints(folder: Path) -> Fingerprints:
    return Fingerprints(**json.loads((folder / _KNOWN).read_text("utf-8")))


def _tally(folder: Path, about: Mapping[str, Any]) -> Tally:
    wanted = about["frame"]["wanted"]
    tally = Tally.of_nothing(wanted)
    with np.load(folder / _LISTED, allow_pickle=False) as lists:
        at_random = Least(tally.at_random.most, _listed("at_random", lists))
        near_an_edge = Least(tally.near_an_edge.most, _listed("near_an_edge", lists))
    rules = _read_rules(folder / _RULES, about["rules"])
    return Tally(wanted, np.asarray(about["counts"], np.int64), rules, at_random, near_an_edge)


def _lists(name: str, least: Least) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for rule, listed in least.lists.items():
        arrays[f"{name} {rule} numbers"], arrays[f"{name} {rule} places"] = listed.numbers, listed.places
        arrays[f"{name} {rule} bound"] = np.asarray(listed.bound or (), np.int64)
    return arrays


def _listed(name: str, arrays: Mapping[str, Any]) -> dict[int, Listed]:
    listed = {}
    for key in arrays:
        of, rule, part = key.split()
        if of == name and part == "bound":
            bound = tuple(arrays[key].tolist()) or None
            listed[int(rule)] = Listed(arrays[f"{of} {rule} numbers"], arrays[f"{of} {rule} places"], bound)
    return listed
