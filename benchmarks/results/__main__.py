"""Writes the results of a run again from its kept figures: `python -m benchmarks.results FIGURES.json RESULTS.md`."""

import json
import sys
from pathlib import Path

from benchmarks.results.write_results import write_results

write_results(json.loads(Path(sys.argv[1]).read_text("utf-8")), Path(sys.argv[2]))
