"""Of whom the installation demands a second factor beside their password: a setting names their roles."""

from config.settings import Settings

_EVERYBODY = "all"


def is_factor_demanded(settings: Settings, roles: str) -> bool:
    """Say whether officials of some roles, joined with `;`, need a second factor to sign in with a password."""
    demanded = settings.second_factor_roles
    return _EVERYBODY in demanded or not demanded.isdisjoint(roles.split(";"))
