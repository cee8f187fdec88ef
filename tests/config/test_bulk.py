"""DuckDB as it is opened for bulk work."""

import subprocess
import sys
from pathlib import Path

_ASKED = """
import sys
from pathlib import Path
from config.bulk import one_row, open_bulk
from config.settings import Settings
print(one_row(open_bulk(Settings(data_dir=Path(sys.argv[1]))), "SELECT current_setting('enable_progress_bar')"))
"""


def test_bulk_work_of_a_process_that_runs_no_file_draws_nothing_among_the_logs(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", _ASKED, str(tmp_path)], capture_output=True, text=True, check=True)  # noqa: S603 - ourselves

    assert ran.stdout == "(False,)\n"
