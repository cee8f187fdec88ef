"""How the accounts of stored logs compare."""

from access.accounts import AccountNormalising
from access.stated_login_forms import forms_by_source
from audit.logs.event_store import Store
from config.database import Reader


def normalising_of(reader: Reader, store: Store) -> dict[int, AccountNormalising]:
    """Give, by source key, what of accounts does not count to the source."""
    stated = forms_by_source(reader)
    return {key: stated[source] for key, source in store.sources.items() if source in stated}
