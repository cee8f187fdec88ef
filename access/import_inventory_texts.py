"""Import the inventory, and say which parts of its work access texts name nobody who is known here."""

from collections.abc import Iterator, Sequence

from sqlmodel import select

from access.match_work_access import Holders
from access.models import Employee, Position
from config.recorded import current
from config.remedies import Advice, Remedy
from config.tables.facts import Plan, Plans
from config.tables.listings import Entry, Listing
from config.texts import compare_form
from inventory.import_inventory import InventoryImporter
from inventory.models import PartResolution
from inventory.stated import PARTS, StatedPart


class InventoryTextImporter(InventoryImporter):
    """Reads an inventory as its own folder does; that one knows nobody whom a text could name."""

    def listings(self, plans: Plans) -> Sequence[Listing]:
        """Give also which parts of texts name nobody."""
        nobody = list(self._naming_nobody(plans.of(PARTS)))
        advice = "their series cannot be tested until positions or people of that name are imported."
        named = [Listing("texts that name nobody known here", nobody, advice, Remedy(Advice.RESOLVE_PART))]
        return [*super().listings(plans), *(listing for listing in named if nobody)]

    def _naming_nobody(self, plan: Plan[StatedPart]) -> Iterator[Entry]:
        if not plan.opened:
            return
        holders = Holders(
            self._session.exec(select(Position).where(current(Position))).all(),
            self._session.exec(select(Employee).where(current(Employee))).all(),
        )
        resolutions = self._session.exec(select(PartResolution).where(current(PartResolution)))
        decided = {(resolution.series, compare_form(resolution.part)) for resolution in resolutions}
        for number, part in plan.opened:
            if (part.series, compare_form(part.part)) not in decided and not holders.named(part.part):
                yield Entry(number, part.series, now=part.part)
