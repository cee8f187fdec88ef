"""Audits of everything on Apache Spark, on this machine alone, beside the same by DuckDB."""

from benchmarks.measured import run_thirteen
from benchmarks.prepare import Prepared
from benchmarks.rounds import Figures, Steps


def spark_steps(city: Prepared) -> Steps:
    """List the steps of one round, on the folder `data` with the city's log; both must say the same."""
    data = city.folder / "data"
    said: list[object] = []

    def on_duckdb() -> Figures:
        taken = run_thirteen(data, "audit", "--whole").figures()
        said[:] = [taken["said"]]
        return taken

    def on_spark() -> Figures:
        taken = run_thirteen(data, "audit", "--whole", "--engine", "spark").figures()
        if [taken["said"]] != said:
            raise RuntimeError(f"An audit by DuckDB says {said}, one on Spark {taken['said']}.")
        return taken

    return {"duckdb": on_duckdb, "spark": on_spark}
