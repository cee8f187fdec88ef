"""The demo's corrections: what the sample city entered wrong is put right, and what that changes is said."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from access.import_kinds import IMPORT_KINDS
from access.undo_import import undo_import
from app.sample_city.logs import SampleLog
from app.sample_city.slips import Slips
from app.sample_city.write_sample_city import SampleCity
from audit.audit_receipt import AuditReceipt
from audit.logs.sources import SourceChange, set_source
from audit.logs.watched_folder import take_watched
from audit.run_audit import AuditRequest, run_audit
from config.recorded import current
from config.tables.import_file import ImportRequest, import_table
from config.tables.options import AS_IT_IS, ImportOptions
from config.tables.receipt import Receipt
from config.tables.say_receipt import say_receipt
from config.terminal import say, say_lines
from config.work import Installation
from inventory.models import ResourcePattern


@dataclass
class Corrections:
    """Puts right what a sample city entered wrong, one step after the other.

    Args:
        audited: What the newest audit said; each step that ends with an audit says what differs from it.
    """

    installation: Installation
    city: SampleCity
    slips: Slips
    audited: AuditReceipt

    def correct_source(self) -> None:
        """Set the source's zone right, and read its log anew."""
        log = next(log for log in self.city.logs if log.system == self.slips.source)
        with self.installation.change() as work:
            set_source(work.session, log.system, SourceChange(time_zone=log.time_zone), now=work.now, by=work.by)
        say(f"$ thirteen source set {log.system} --time-zone {log.time_zone}")
        self._read_anew(log)
        self._audit_again()

    def _read_anew(self, log: SampleLog) -> None:
        """Put a log into a watched folder, from which it is taken."""
        folder = self.city.folder.parent / "watched"
        place = folder / log.system
        place.mkdir(parents=True)
        put = place / log.path.name
        shutil.copyfile(log.path, put)
        # as if it lay there for a while already: nobody waits here until it is sure that it grows no more
        written = (self.installation.clock() - timedelta(minutes=2)).timestamp()
        os.utime(put, (written, written))
        say(f"$ thirteen watch --folder {folder} --once")
        settings = self.installation.settings.model_copy(update={"watched_dir": folder})
        say_lines(take_watched(replace(self.installation, settings=settings)).said)

    def correct_work_access(self) -> None:
        """Import the right file as the whole truth about each series and holder that it names."""
        self._import("work-access", self.city.files["work-access"], ImportOptions(replace=True))
        self._audit_again()

    def take_back_resources(self) -> None:
        """Import a wrong file, and take it back by its number."""
        with self.installation.read() as work:
            before = _meanings(work.session)
        receipt = self._import("resources", self.slips.resources)
        say(f"$ thirteen undo {receipt.number}")
        with self.installation.change() as work:
            undone = undo_import(work.session, receipt.number or 0, now=work.now, by=work.by)
            after = _meanings(work.session)
        say(str(undone))
        same = sum(after.get(pattern) == series for pattern, series in before.items())
        say(f"{same:,} of {len(before):,} patterns mean what they meant before.")

    def _import(self, kind: str, path: Path, options: ImportOptions = AS_IT_IS) -> Receipt:
        say(f"$ thirteen import {kind} {path.name}{' --replace' if options.replace else ''}")
        with self.installation.change() as work:
            importer = IMPORT_KINDS[kind](work.session, work.zone, options)
            request = ImportRequest(kind, path, {}, options=options)
            receipt, rejects = import_table(work.session, importer, request, now=work.now, by=work.by)
        say_receipt(replace(receipt, changes=()), rejects, dry_run=False)
        return receipt

    def _audit_again(self) -> None:
        say("$ thirteen audit")
        before, self.audited = self.audited, run_audit(self.installation, AuditRequest())
        say_lines(_what_changed(before, self.audited))


def _meanings(session: Session) -> dict[tuple[str, str], str]:
    """Give the series of each pattern of each system."""
    patterns = session.exec(select(ResourcePattern).where(current(ResourcePattern)))
    return {(one.system, one.pattern): one.series for one in patterns}


def _what_changed(before: AuditReceipt, after: AuditReceipt) -> list[str]:
    """Say by reason how many accesses are decided otherwise, and what became of the findings."""
    reasons = [*before.counts, *(reason for reason in after.counts if reason not in before.counts)]
    counts = [(reason, before.counts.get(reason, 0), after.counts.get(reason, 0)) for reason in reasons]
    lines = [f"  {reason:<26} {was:>7,} -> {now:>7,}" for reason, was, now in counts if was != now]
    moves = after.moves
    told = f"{moves.new:,} new, {moves.changed:,} changed, {moves.gone:,} not found any more"
    return [*lines, f"{after.run.findings:,} findings stand ({told})."]
