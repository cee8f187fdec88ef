"""Opens Apache Spark as the settings say, with its faults said plainly. What it needs may lack: that is told first."""

import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.errors import Conflict, Invalid
from config.remedies import Advice, Remedy
from config.settings import Settings, spill_folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PACKAGES = ("pyspark", "sqlglot")
_LOCAL = "local"
_CONFIG_LINE = re.compile(r"(?P<name>spark\.\S+?)(?:\s*=\s*|\s+)(?P<value>.*)")
# Times are in UTC wherever Spark runs, names are told apart as they are written, and what does not fit is a fault.
_ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}
_QUIET = f"-Dlog4j2.configurationFile={files('audit.on_spark').joinpath('log4j2.properties')}"
# Java holds more for the same than DuckDB; with less it would look for room most of the time.
_TIMES_MEMORY = 2
_USUAL = {
    "spark.app.name": "thirteen",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": _QUIET,
}
# On this machine alone: nobody else is let in, and nothing is left in the folder where one stands.
_USUAL_HERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
}


def check_spark() -> None:
    """Refuse what would need Spark where it is not installed.

    Raises:
        Conflict: A package or Java is not there.
    """
    if not all(map(find_spec, _PACKAGES)):
        raise Conflict(
            f"Apache Spark needs the packages {' and '.join(_PACKAGES)}, which are not installed here.",
            remedy=Remedy(Advice.INSTALL_SPARK),
        )
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=str(Path(home, "bin")) if home else None) is None:
        where = f"none in JAVA_HOME, {home}" if home else "none here"
        raise Conflict(
            f"Apache Spark needs Java 17 or newer, and there is {where}.", remedy=Remedy(Advice.INSTALL_JAVA)
        )


@contextmanager
def open_spark(settings: Settings) -> Iterator["SparkSession"]:
    """Open a session; one that is open already in this process is taken, and stays.

    Raises:
        Conflict: Spark cannot be started, or fails; the sentence says why.
        Invalid: Its settings cannot be read.
    """
    check_spark()
    with warnings.catch_warnings():  # Spark speaks of pandas, which it is never given
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, and long to load

        with _plain_faults():
            before = SparkSession.getActiveSession()
            session = before or _start(settings)
    try:
        with _plain_faults():
            yield session
    finally:
        if before is None:
            _stop(session)
            shutil.rmtree(_spill_folder(settings), ignore_errors=True)


def _start(settings: Settings) -> "SparkSession":
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    usual = {**_USUAL, "spark.driver.memory": f"{_TIMES_MEMORY * settings.memory_limit_mb}m"}
    if settings.spark_master.startswith(_LOCAL):
        spill = _spill_folder(settings)
        spill.mkdir(parents=True, exist_ok=True)
        usual |= {**_USUAL_HERE, "spark.local.dir": str(spill), "spark.sql.warehouse.dir": (spill / "none").as_uri()}
    builder = SparkSession.builder.master(settings.spark_master)
    for name, value in {**usual, **read_config(settings.spark_config), **_ALWAYS}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _spill_folder(settings: Settings) -> Path:
    """Give this process's own folder for what Spark writes aside; one that was killed leaves it to the next start."""
    return spill_folder(settings.data_dir).absolute() / f"spark_{os.getpid()}"


def read_config(path: Path | None) -> dict[str, str]:
    """Read a file of Spark's own settings: a name and a value on each line, as in its `spark-defaults.conf`."""
    if path is None:
        return {}
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"The file of Spark's settings, {path}, cannot be read: {error}.") from error
    config = {}
    for line in lines:
        if line and not line.startswith("#"):
            found = _CONFIG_LINE.fullmatch(line)
            if found is None:
                raise Invalid(
                    f'In {path}, "{line}" is no setting of Spark with a value, such as spark.executor.memory 4g.'
                )
            config[found["name"]] = found["value"]
    return config


def _stop(session: "SparkSession") -> None:
    """Stop the session and its Java program, which would else end some time after this one."""
    gateway: Any = session.sparkContext._gateway  # noqa: SLF001 - nothing else ends it
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    type(session.sparkContext)._gateway = None  # noqa: SLF001 - or the next session would look for it
    type(session.sparkContext)._jvm = None  # noqa: SLF001 - the same


@contextmanager
def _plain_faults() -> Iterator[None]:
    """Turn what happens to Spark into a sentence."""
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra
    from pyspark.errors import AnalysisException, ParseException, PySparkException  # noqa: PLC0415 - the same

    try:
        yield
    except (PySparkException, Py4JError) as error:
        is_path = isinstance(error, PySparkException) and error.getCondition() == "PATH_NOT_FOUND"
        if isinstance(error, (AnalysisException, ParseException)) and not is_path:
            raise  # that is the program's own
        first_line = str(error).strip().partition("\n")[0]
        raise Conflict(
            f"Apache Spark failed ({first_line}). Nothing was changed.", remedy=Remedy(Advice.CHECK_SPARK)
        ) from error
