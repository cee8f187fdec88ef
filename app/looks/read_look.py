"""What of a request is a look at what people did or may do, and how it is written down as an access."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from config.looks import LetIn, LookAtHand

_API = "/api/v1"
# By the thing that a route is for (the policy file names them): all that is shown of these is about what people did, or
# may do. Of people that is what is shown of one person, one position or one series; their lists name nobody's access.
_ALWAYS = frozenset(
    {
        *("findings", "events", "decisions", "report releases", "work access", "access proposals"),
        *("temporary duties", "explanations", "looks", "changes"),
    }
)
_PEOPLE = "people"
# Of these, what is read shows what people may do; who starts or closes one is on the record in `changes`.
_REVIEWS = "access reviews"
_FILES = "/reports/files/"
# A list of look-ups is answered once it is sent; the form that it is sent with shows nobody's access.
_ASSURANCES = "assurances"
_EXPORTS = frozenset({"export", "run"})
# How an address names the person who is looked at.
_NAMES_OF_PEOPLE = ("employee_id", "who", "employee")
# Of decisions, `purpose` says which accesses are wanted.
_PURPOSE, _PURPOSE_OF_DECISIONS = "purpose", "look_purpose"


def is_watched(let_in: LetIn, method: str, path: str) -> bool:
    """Say whether what is shown is a look at a finding, an access, a person's access or a record of who looked.

    Who changes something is on the record in `changes`; a finding that is moved is shown with it.
    """
    if let_in.thing == "reports":
        return _FILES in path or (let_in.act == "run" and method == "POST")
    if let_in.thing == _ASSURANCES:
        return method == "POST"
    if let_in.thing == _REVIEWS:
        return let_in.act == "read"
    if let_in.act == "change" and method != "GET":
        return let_in.thing == "findings"
    return let_in.thing in _ALWAYS or (let_in.thing == _PEOPLE and bool(let_in.in_path or _named(let_in)))


def read_looks(look: LookAtHand, method: str, path: str, client: str) -> list[dict[str, str]]:
    """Give how a look is written down: once for each person who is looked at, without its time.

    Args:
        client: The address from which it is asked for.
    """
    watched = [one for one in look.let_in if is_watched(one, method, path)]
    if look.shows_accesses and not watched:
        watched = [replace(one, act="read") for one in look.let_in]
    if not watched:
        return []
    let_in = min(watched, key=lambda one: one.is_own)
    return [
        {
            "id": secrets.token_hex(12),
            "account": let_in.login,
            "resource": _resource(let_in, path),
            "action": _action(let_in, method),
            "subject": subject,
            "purpose": look.purpose or _purpose(let_in.thing, let_in.asked),
            "workstation": client,
        }
        for subject in look.subjects or [_named(let_in)]
    ]


def _named(let_in: LetIn) -> str:
    return next((let_in.asked[name] for name in _NAMES_OF_PEOPLE if let_in.asked.get(name)), "")


def _resource(let_in: LetIn, path: str) -> str:
    """Give what is looked at by its path: the same for a page as over JSON, and `/me` before what is one's own."""
    thing = path.removeprefix(_API)
    return thing if not let_in.is_own or thing.startswith("/me/") else f"/me{thing}"


def _action(let_in: LetIn, method: str) -> str:
    if let_in.act == "change" and method != "GET":
        return "modify"
    is_file = let_in.thing in {"reports", "decisions"} and method == "GET"
    return "export" if let_in.act in _EXPORTS or is_file else "view"


def _purpose(thing: str, asked: Mapping[str, str]) -> str:
    return asked.get(_PURPOSE_OF_DECISIONS if thing == "decisions" else _PURPOSE, "").strip()
