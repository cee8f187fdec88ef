"""What is approved of a duty that was asked for, as somebody writes it."""

from access.answer_request import Approval
from access.duty_terms import read_new_end
from access.import_rows import read_actions
from access.rules import ACTIONS
from config.errors import InvalidFields
from config.work import Work


def read_approval(work: Work, end: str, actions: str, note: str) -> Approval:
    """Read what is approved.

    Args:
        end: An earlier end; empty = as asked.
        actions: Fewer actions, with `;` between them; empty = as asked.

    Raises:
        InvalidFields: One of them cannot be read.
    """
    until = read_new_end(work, end) if end.strip() else None
    fewer, _ = read_actions(actions)
    if actions.strip() and not fewer:
        raise InvalidFields({"actions": f"Choose among {', '.join(ACTIONS)}."})
    return Approval(until, fewer, note)
