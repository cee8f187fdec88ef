"""Tells whoever waits where a run is."""

import sys
import time


def say(text: str) -> None:
    """Say it with the time of day."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
