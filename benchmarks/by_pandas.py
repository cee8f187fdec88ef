"""The merge that an analyst would write in pandas: `python -m benchmarks.by_pandas FOLDER EVENTS CHUNK`.

Measured twice. `whole` begins where our deciding begins, with the stored events, and is given what each account,
resource, action and purpose means, and the resolved grants. `merge` is the one merge with the grants alone: names are
numbers already, events and grants are in memory and sorted by employee, and each chunk is of whole employees.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.measured import answer
from benchmarks.watch import Lap, Watch, total

Answers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.bool_]]


def main() -> None:
    """Decide in both ways, and compare every answer with ours."""
    folder, most, size = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    # a pair is an employee's number times this, plus the series' number
    series_count = int((folder / "series_count").read_text("utf-8"))
    answer(whole=_whole(folder, most, size, series_count), merge=_merge_alone(folder, most, size, series_count))


def _whole(folder: Path, most: int, size: int, series_count: int) -> dict[str, float]:
    names = ("accounts", "resources", "actions", "purposes", "grants")
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in names}
    columns = ["instant", "account", "resource", "action", "purpose"]
    tables["resources"] = tables["resources"].astype({"resource": object}).set_index("resource")  # hashed once
    laps, events, compared, agreed = list[Lap](), 0, 0, 0
    stored = pq.ParquetFile(folder / "stored.parquet")
    ours = pq.ParquetFile(folder / "stored.parquet").iter_batches(size, columns=["rests", "ours"])
    batches = stored.iter_batches(size, columns=columns)
    while events < most:
        watch = Watch()
        batch = next(batches, None)
        if batch is None:
            break
        chunk = batch.to_pandas()
        authorized = _authorized(_as_numbers(chunk, tables, series_count), tables["grants"], len(chunk))
        laps.append(watch.lap())
        events += len(chunk)
        known = next(ours).to_pandas()
        rests = known["rests"].to_numpy()
        compared += int(rests.sum())
        agreed += int((authorized == known["ours"].to_numpy())[rests].sum())
    return {**total(laps), "events": events, "compared": compared, "agreed": agreed}


def _as_numbers(chunk: pd.DataFrame, tables: dict[str, pd.DataFrame], series_count: int) -> pd.DataFrame:
    """Look up whose the account is then, which series the resource is, and what action and purpose mean."""
    chunk["event"] = np.arange(len(chunk))
    events = chunk.merge(tables["accounts"], on="account")
    events = events[(events["start"] <= events["instant"]) & (events["instant"] < events["end"])]
    place = tables["resources"].index.get_indexer(pd.Index(events["resource"], dtype=object))
    events, place = events[place >= 0], place[place >= 0]
    series = tables["resources"]["series_key"].to_numpy()[place]
    purposes = tables["purposes"].drop_duplicates("given").set_index("given")["purpose"]
    actions = tables["actions"].set_index("given")["action"]
    return pd.DataFrame(
        {
            "event": events["event"],
            "instant": events["instant"],
            "pair": events["employee_key"] * series_count + series,
            "action": events["action"].map(actions),
            "purpose": events["purpose"].map(purposes).fillna(0).astype("int32"),
        }
    )


def _merge_alone(folder: Path, most: int, size: int, series_count: int) -> dict[str, float]:
    events, grants = pd.read_parquet(folder / "asked.parquet"), pd.read_parquet(folder / "grants.parquet")
    laps, asked, agreed = list[Lap](), 0, 0
    for chunk, its_grants in _chunks(events, grants, size, series_count):
        if asked >= most:
            break
        watch = Watch()
        authorized = _authorized(chunk.assign(event=np.arange(len(chunk))), its_grants, len(chunk))
        laps.append(watch.lap())
        asked += len(chunk)
        agreed += int((authorized == chunk["ours"].to_numpy()).sum())
    return {**total(laps), "events": asked, "compared": asked, "agreed": agreed}


def _chunks(
    events: pd.DataFrame, grants: pd.DataFrame, size: int, series_count: int
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    of_events, of_grants = (frame["pair"].to_numpy() // series_count for frame in (events, grants))
    start = 0
    while start < len(events):
        last = of_events[min(start + size, len(events)) - 1]
        end = int(np.searchsorted(of_events, last, side="right"))
        first_grant = int(np.searchsorted(of_grants, of_events[start], side="left"))
        after_grants = int(np.searchsorted(of_grants, last, side="right"))
        yield events.iloc[start:end], grants.iloc[first_grant:after_grants]
        start = end


def _authorized(events: pd.DataFrame, grants: pd.DataFrame, count: int) -> Answers:
    """Say for each event whether some timely grant covers series, time, action and purpose."""
    merged = events.merge(grants, on="pair")
    covers = (
        (merged["start"] <= merged["instant"])
        & (merged["instant"] < merged["end"])
        & (merged["timely_from"] <= merged["instant"])
        & ((merged["actions"] & merged["action"]) != 0)
        & ((merged["purposes"] == -1) | (merged["purposes"] == merged["purpose"]))
    )
    authorized = np.zeros(count, dtype=np.bool_)
    authorized[merged.loc[covers, "event"].to_numpy()] = True
    return authorized


if __name__ == "__main__":
    main()
