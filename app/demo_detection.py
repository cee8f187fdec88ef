"""The part of the demo that shows how a log is set up of which nobody knows how it is written."""

from pathlib import Path

from app.sample_city.logs import SampleLog
from audit.logs.detect_commands import lines_of
from audit.logs.detect_log import Detected, detect_logs
from config.terminal import say, say_lines


def show_detection(log: SampleLog, folder: Path) -> None:
    """Show what a log turns out to be, and leave the profile that is proposed for it in a folder."""
    out = folder / f"{log.system}.yaml"
    for found in detect_logs([log.path]):
        if isinstance(found, Detected) and found.proposal:
            out.write_text(found.proposal.text, encoding="utf-8")
            say(f"$ thirteen source detect {log.path} --out {out}")
            say_lines(lines_of(found, out))
