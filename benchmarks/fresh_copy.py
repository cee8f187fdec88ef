"""Data folders to measure on, each as it was before."""

import shutil
from pathlib import Path


def fresh_copy(base: Path, name: str = "data") -> Path:
    """Copy a data folder to its side under another name, in the place of an earlier copy."""
    copy = base.with_name(name)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(base, copy)
    return copy
