"""Guesses by plain rules from fields' names what they hold, and from actions' words what they mean."""

import re
from collections.abc import Iterable, Mapping, Sequence

from audit.logs.profiles.language import Action, Canonical

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# For each field the names that mean it, the surest first; as words, whatever stands between them.
_NAMES: Mapping[Canonical, str] = {
    "time": "event time|access time|accessed at|accessed dttm|timestamp|time stamp|date time|datetime|event date time"
    "|logged at|log time|created at|time generated"
    "|creation time|event date|access date|search time|time|date|when|ts|rt",
    "account": "user name|username|user login|login name|user id|userid|user principal name|upn|login|account name"
    "|account|user email|user|actor name|actor id|actor|operator|officer id|employee id|employee number|performed by"
    "|accessed by|changed by|principal|email|who|staff id|badge|suser|duser",
    "resource": "resource name|resource id|resource|object name|object id|object|file path|file name|record id"
    "|record number|record no|record|document id|document name|document|case id|case number|case no|request uri|url"
    "|uri|path|item id|item|target|entity id|table name|table|page|report name|file|what|fname",
    "action": "action|operation|activity|event type|event name|access type|action type|verb|method|command|event"
    "|transaction type|type|kind|act|op",
    "subject": "data subject|subject|patient id|patient name|patient|person id|person|client id|customer id"
    "|license plate|plate number|plate|subject name|student id|mrn",
    "purpose": "purpose|access reason|search reason|reason|justification|business reason",
    "workstation": "workstation|client ip|source ip|ip address|remote addr|remote address|src ip|ip|computer name"
    "|computer|device name|device|terminal|host name|hostname|machine|host|client address|shost|src",
    "event_id": "event uuid|audit id|log id|event id|entry id|uuid|guid|id|sequence number|row id",
}
_VERBS: Mapping[Action, str] = {
    "search": "search|searched|query|queried|lookup|find|list|browse",
    "view": "view|viewed|read|open|opened|access|accessed|get|display|show|displayed",
    "create": "create|created|add|added|insert|inserted|new|upload|uploaded",
    "modify": "modify|modified|update|updated|edit|edited|change|changed|write|rename|renamed|move|moved|save|saved",
    "delete": "delete|deleted|remove|removed|purge|purged|erase",
    "print": "print|printed",
    "export": "export|exported|download|downloaded",
    "share": "share|shared|send|sent|email|emailed",
}


def guess_names(field: Canonical, names: Sequence[str]) -> list[str]:
    """Give the names that may mean a field, the surest first."""
    ranks = {words: rank for rank, words in enumerate(_NAMES[field].split("|"))}
    whole = {name: ranks.get(_words(name)) for name in names}
    last = {name: ranks.get(_words(re.split(r"[.\"\]]+", name.rstrip('"'))[-1])) for name in names}
    ranked = [(rank, name) for name, rank in whole.items() if rank is not None]
    known = {name for _, name in ranked}
    # a name within other names, such as that of a part of a document, comes after
    ranked += [(len(ranks) + rank, name) for name, rank in last.items() if rank is not None and name not in known]
    return [name for _, name in sorted(ranked, key=lambda one: one[0])]


def guess_actions(words: Iterable[str]) -> dict[Action, list[str]]:
    """Give the words that mean our actions by the verb in them; one with verbs of several means none of them."""
    meant: dict[Action, list[str]] = {}
    for word in words:
        parts = set(_words(word).split())
        found = [action for action, verbs in _VERBS.items() if parts & set(verbs.split("|"))]
        if len(found) == 1:
            meant.setdefault(found[0], []).append(word)
    return meant


def _words(name: str) -> str:
    return " ".join(part.casefold() for part in _PARTS.findall(name))
