"""Import which trainings employees completed, and until when each counts."""

from collections.abc import Sequence
from typing import ClassVar

from access.import_rows import AccessImporter
from access.stated import TRAININGS, StatedTraining
from config.tables.facts import StatedTables
from config.tables.kind import Holds, OurColumn, Row, RowRefused


class TrainingImporter(AccessImporter):
    """Reads `employee_id, training, completed, expires?`; one that is completed again is a further row."""

    columns: ClassVar[tuple[OurColumn, ...]] = (
        OurColumn("employee_id", needed=True, holds=Holds.ID),
        OurColumn("training", needed=True, also=("course", "course name", "training name", "certification")),
        OurColumn(
            "completed", needed=True, also=("completion date", "completed on", "date completed"), holds=Holds.DATE
        ),
        OurColumn("expires", also=("expiration date", "expiry date", "expires on", "valid through"), holds=Holds.DATE),
    )
    tables: ClassVar[StatedTables] = (TRAININGS,)

    def read(self, row: Row) -> Sequence[StatedTraining]:
        """Read one training; it counts from the day on which it was completed through the one on which it expires."""
        start, end = self._period(row, "completed", "expires")
        if start is None:
            raise RowRefused("completed", "is no day on which a training was completed; give that day")
        employee_id = self._known.employee(row, "employee_id")
        training = StatedTraining(employee_id=employee_id, training=row.text("training"), start=start, end=end)
        return self._completed(row, TRAININGS, training)
