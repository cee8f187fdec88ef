"""Hold audits that go on from the one before against audits of everything, over many random sequences of changes.

`python -m tests.agree_on_changes 200 [first seed]`: exit status 1 if one differs anywhere.
"""

import random
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from sqlmodel import Session, SQLModel

from config.database import connect
from config.errors import Refusal
from config.settings import Settings
from tests.audit.changes import change_town
from tests.audit.whole_audits import audit_as_whole, exported_otherwise
from tests.cities.dice import Dice
from tests.town import GIVEN, NOW, Town

_STEPS = 12


def follow_changes(town: Town, dice: Dice, steps: int) -> list[str]:
    """Change the audited town again and again; say of each step what was changed, and what its audit said of it."""
    story = []
    for step in range(1, steps + 1):
        at = NOW + timedelta(days=step)
        if dice.chance(15):
            grace = {"grace_days_temporary_duties": dice.integer(0, 60)}
            town = replace(town, settings=town.settings.model_copy(update=grace))
        changed = []
        for n in range(dice.integer(1, 3)):
            town.session.commit()
            try:
                changed.append(change_town(town, dice, at + timedelta(minutes=n)))
            except Refusal:
                town.session.rollback()
        town.session.commit()
        receipt = audit_as_whole(town, at + timedelta(hours=1))
        anew = [notice for notice in receipt.notices if "decided anew" in notice]
        story.append(f"{', '.join(changed)}: {' '.join(anew) or ('all' if receipt.is_new else 'nothing')}")
    assert exported_otherwise(town) == []
    return story


def main(sequences: int, first: int) -> int:
    """Run over sequences and say what came of it."""
    wrong, went_on, audits = 0, 0, 0
    for seed in range(first, first + sequences):
        dice = Dice(random.Random(seed).randint)  # noqa: S311 - test cases, nothing secret
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(data_dir=Path(folder) / "data", database_url=None, cross_examined=(2, 6, 20)[seed % 3])
            settings.data_dir.mkdir()
            engine = connect(settings.resolved_database_url())
            SQLModel.metadata.create_all(engine)
            with Session(engine) as session:
                town = Town(session, settings, Path(folder))
                town.set_up()
                town.enter_files(GIVEN)
                town.enter_log()
                town.audit()
                try:
                    story = follow_changes(town, dice, _STEPS)
                    went_on += sum("decided anew" in step for step in story)
                    audits += len(story)
                except AssertionError as error:
                    wrong += 1
                    sys.stdout.write(f"sequence {seed}: {error}\n")
            engine.dispose()
    sys.stdout.write(f"{sequences} sequences, {audits} audits, {went_on} that went on from another: {wrong} wrong\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    with patch("audit.kept_audits.touched._ONE_OF", 1):  # however much is changed, an audit goes on
        sys.exit(main(*(arguments + [200, 0][len(arguments) :])))
