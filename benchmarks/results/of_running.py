"""What was aimed at and reached of the service of a hospital, which watches itself, and of its backup."""

from benchmarks.results.aim import Aim
from benchmarks.results.competitors import Figures
from benchmarks.results.of_service import aims_of_rounds
from benchmarks.results.wording import number, spread
from benchmarks.service_requests import PREVIEW as PREVIEW_PAGE

LARGE = ", with six times the events"
WATCHING = "what writing down who looks adds to the time of a page"
PREVIEW = "what a duty would mean, over 90 days, as a caller of the service sees it, 95th percentile"
PREVIEW_BY_COMMAND = "what a duty would mean, over 90 days, the whole command by the clock"
BACKUP = "a backup, against copying the data folder until the disk has that too, by the clock"
BACKUP_BESIDE_CP = "a backup, which the disk has, against a copy that it may not have yet, by the clock"


def running_aims(figures: Figures) -> list[Aim]:
    """Give the aims."""
    rounds: list[Figures] = figures["running"]
    backups = [one["backup"] for one in rounds]
    watching = [100 * (one["watching"]["watched"] / one["watching"]["unwatched"] - 1) for one in rounds]
    return [
        *aims_of_rounds([one["service"] for one in rounds], LARGE),
        Aim(WATCHING, "≤", 10, "%", watching),
        Aim(PREVIEW, "≤", 2, "s", [one["service"]["pages"][PREVIEW_PAGE]["p95"] / 1_000 for one in rounds]),
        Aim(PREVIEW_BY_COMMAND, "≤", 2, "s", [one["preview"]["wall"] for one in rounds]),
        Aim(BACKUP, "≤", 1.5, "times", [one["wall"] / one["kept_wall"] for one in backups]),
        Aim(BACKUP_BESIDE_CP, "≤", 1.5, "times", [one["wall"] / one["copy_wall"] for one in backups]),
    ]


def running_extent(figures: Figures) -> dict[str, object]:
    """Say what else was measured of it."""
    rounds: list[Figures] = figures["running"]
    return {
        "hospital_findings": figures["hospital_findings"],
        "backup_seconds": spread([one["backup"]["wall"] for one in rounds], "s"),
        "kept_seconds": spread([one["backup"]["kept_wall"] for one in rounds], "s"),
        "copy_seconds": spread([one["backup"]["copy_wall"] for one in rounds], "s"),
        "backup_bytes": number(rounds[0]["backup"]["bytes"] / 2**20),
    }
