"""pyarrow does without pandas, and who uses pandas still has it."""

import subprocess
import sys

ASKED = """
import sys
import config.bulk_columns
import pyarrow as pa
pa.table({"a": [1], "b": pa.array(["x"])}).column("a").to_numpy()
loaded = "pandas" in sys.modules
import pandas as pd
print(loaded, pa.Table.from_pandas(pd.DataFrame({"a": ["x", None]})).to_pylist())
"""


def test_pandas_is_loaded_only_by_who_uses_it() -> None:
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", ASKED], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "False [{'a': 'x'}, {'a': None}]\n"
