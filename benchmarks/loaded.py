"""Opens a data folder in this process, for what is measured inside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from access.accounts import AccountNormalising
from access.facts import Facts
from access.load_facts import load_facts
from access.resolve_grants import Policy
from app.data_folder import open_data_folder
from audit.logs.account_forms import normalising_of
from audit.logs.event_store import Store, stored_logs
from config.bulk import open_bulk
from config.clock import now
from config.sessions import reading
from config.settings import Settings


@dataclass(frozen=True)
class Loaded:
    """What a data folder holds, as an audit of everything would load it."""

    settings: Settings
    facts: Facts
    store: Store
    normalising: Mapping[int, AccountNormalising]

    def resolve(self) -> Policy:
        """Resolve what is known to grants, within the memory that the program allows itself."""
        return Policy(self.facts, open_bulk(self.settings))


def load(data_dir: Path) -> Loaded:
    """Load all that is known now."""
    settings = Settings(data_dir=data_dir, database_url=None)
    with reading(open_data_folder(settings)) as session:
        facts = load_facts(session, at=now(), graces=settings.graces())
        store = stored_logs(session, data_dir)
        return Loaded(settings, facts, store, normalising_of(session, store))
