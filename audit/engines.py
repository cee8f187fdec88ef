"""Which engine decides: DuckDB on this machine, or Apache Spark. The answers are the same."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from access.accounts import AccountNormalising
from access.resolve_grants import Policy
from audit.decided import Decided, Range
from audit.logs.event_store import Store
from audit.pick_accesses import pick_accesses
from audit.tally import Tally
from config.progress import Progress
from config.settings import DecidingEngine, Settings


def check_engine(settings: Settings) -> None:
    """Refuse, before anything is begun, what the engine lacks.

    Raises:
        Conflict: Spark is to decide, and is not installed here.
    """
    if settings.deciding_engine is DecidingEngine.SPARK:
        from audit.on_spark.open_spark import check_spark  # noqa: PLC0415 - an extra

        check_spark()


def decide_and_pick(
    policy: Policy,
    store: Store,
    normalising: Mapping[int, AccountNormalising],
    asked: Range,
    settings: Settings,
    progress: Progress,
) -> Tally:
    """Decide the events of a range; make the table `picked` of those that are looked at one by one.

    Raises:
        Conflict: Not each stored event was decided once, or Spark failed.
    """
    if settings.deciding_engine is DecidingEngine.SPARK:
        from audit.on_spark.pick_on_spark import pick_on_spark  # noqa: PLC0415 - an extra

        return pick_on_spark(policy, store, normalising, asked, settings, progress)
    progress.step("Auditing: mapping names")
    decided = Decided(policy, store, normalising, asked)
    progress.step("Auditing: deciding")
    tally = Tally.of_nothing(settings.cross_examined)
    pick_accesses(decided, tally)
    decided.check_count(tally.events)
    return tally


@contextmanager
def decided_events(
    policy: Policy, store: Store, normalising: Mapping[int, AccountNormalising], asked: Range, settings: Settings
) -> Iterator[Decided]:
    """Give the decided events of a range as long as the context lasts.

    Raises:
        Conflict: As of `check_engine`, or Spark failed.
    """
    if settings.deciding_engine is DecidingEngine.SPARK:
        from audit.on_spark.decided_on_spark import decided_on_spark  # noqa: PLC0415 - an extra

        with decided_on_spark(policy, store, normalising, asked, settings) as decided:
            yield decided
        return
    yield Decided(policy, store, normalising, asked)
