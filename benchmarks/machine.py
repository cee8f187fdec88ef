"""Describes the machine and the versions that results hold for, without naming the machine."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("duckdb", "pandas", "numpy", "pyarrow", "pyspark", "pycasbin", "openpyxl", "fastapi", "uvicorn", "locust")


def describe_machine() -> str:
    """Name processor, cores, memory and system."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()} {platform.machine()}"
    )


def describe_versions() -> str:
    """Name Python and the packages that are measured, or measured with."""
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    return ", ".join([f"Python {platform.python_version()}", *packages])


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor()
    )
