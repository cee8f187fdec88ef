"""Name the grant on which each access rests: by which it was authorized, or came too late to be (`name_grants.sql`)."""

from importlib.resources import files

from access.resolve_grants import Policy


def name_grants(policy: Policy) -> None:
    """Make, of the view `decided`, the table `grants_used` and the view `decided_by_grant` in the policy's connection.

    The view has `grant_key` and `grant_id` beside each decided event, NULL where no grant decided. The table has a row
    for each use of a grant: the grant, the reason, how many events, and the last of them (`last`, in microseconds).
    """
    policy.connection.execute(files("audit").joinpath("name_grants.sql").read_text("utf-8"))
