"""Run the small inputs that once went wrong, where their folder lies beside this clone, and show what comes of each.

`python -m tests.cases [beginning of a name …]`: prints every answer above what is expected, for a person to compare.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_CLONE = Path(__file__).resolve().parents[1]
_CASES = _CLONE.parent / "shared" / "cases"
_PROGRAM = Path(sys.executable).with_name("thirteen")


def main(beginnings: Sequence[str]) -> int:
    """Run the cases whose names begin so, or all of them.

    Returns:
        1 where a case's script could not be run to its end.
    """
    if not _CASES.is_dir():
        sys.stdout.write(f"There are no cases in {_CASES}; nothing was run.\n")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for case in _named(beginnings):
            answer = _run(case, Path(scratch))
            failed += answer.returncode != 0
            expected = (case / "expected.txt").read_text("utf-8")
            sys.stdout.write(f"=== {case.name}\n{answer.stdout}--- expected\n{expected.rstrip()}\n\n")
            sys.stdout.flush()
    return 1 if failed else 0


def _named(beginnings: Sequence[str]) -> Iterator[Path]:
    for script in sorted(_CASES.glob("*/run.sh")):
        if not beginnings or script.parent.name.startswith(tuple(beginnings)):
            yield script.parent


def _run(case: Path, scratch: Path) -> "subprocess.CompletedProcess[str]":
    # all cases share a folder, in which the first of them sets up their town
    around = os.environ | {"THIRTEEN": str(_PROGRAM), "CASES_WORK": str(scratch)}
    return subprocess.run(  # noqa: S603 - a script beside this clone
        ["/bin/bash", str(case / "run.sh")],
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
