"""Import and audit of a hospital's events, six times those of the city, and audits that go on from there."""

from benchmarks.fresh_copy import fresh_copy
from benchmarks.measure_incremental import incremental_steps
from benchmarks.measure_logs import audit_steps
from benchmarks.prepare import Prepared
from benchmarks.rounds import Figures, beside_scans


def measure_hospital(city: Prepared, hospital: Prepared, next_events: int) -> Figures:
    """Measure one round; the scans beside each step are of the city's log, as in all other parts.

    Args:
        next_events: How many the next log brings.
    """
    first = beside_scans(city.log, audit_steps(hospital, fresh_copy(hospital.base)))
    then = beside_scans(city.log, incremental_steps(hospital, next_events))
    return {**first, **then, "scans": [*first["scans"], *then["scans"]]}
