"""Logs of real products that are XML or binary Windows event logs, and what must come of them."""

from tests.audit.logs.real_logs import Came, RealLog

_NOBODY = "its actor is unknown or empty"


def _message(log: str, time: str, *, actors: int = 1, note: str = "") -> RealLog:
    """Give a file of one audit message."""
    profile = "fhir-auditevent-xml" if log.startswith("fhir") else "atna-xml"
    return RealLog(profile, f"{log}.xml", Came(1, 1, 0, 0, 0), actors, time, time, note)


REAL_XML: list[RealLog] = [
    _message("fhir-auditevent/atc-doc-create-rep-pat", "2020-10-10 16:29:00"),
    _message("fhir-auditevent/atc-doc-search", "2022-10-10 18:49:00"),
    _message(
        "fhir-auditevent/atc-hpd-group-entry-notify",
        "2022-10-10 10:05:00",
        actors=0,
        note="its one agent is a service, and not the requestor",
    ),
    _message("fhir-auditevent/atc-log-read", "2020-09-22 08:47:00"),
    _message("fhir-auditevent/atc-pol-create-acc-right", "2020-10-09 07:47:00"),
    _message("atna/pdq", "2020-03-19 12:16:37"),
    _message("atna/pdqmread", "2020-03-19 14:26:55"),
    _message("atna/pdqv3", "2020-03-19 14:17:28", actors=0, note=_NOBODY),
    _message("atna/pixfeedmerge", "2019-03-19 13:48:59"),
    _message("atna/pixfeedmergesource", "2020-03-19 14:12:24"),
    _message("atna/pixm", "2020-03-19 14:33:48"),
    _message("atna/pixquery", "2020-03-19 12:34:06"),
    _message("atna/pixv3feed", "2020-03-19 13:40:14", actors=0, note=_NOBODY),
    _message("atna/pixv3query", "2020-03-19 13:44:48", actors=0, note=_NOBODY),
    _message("atna/start", "2020-03-09 10:17:39"),
    _message("atna/stop", "2020-03-09 10:35:15"),
    _message("atna/xpidsource", "2020-03-19 13:59:32"),
    RealLog(
        "windows-security-evtx",
        "windows-evtx/browser-profile-files-4663.evtx",
        Came(5, 4, 0, 0, 1),
        1,
        "2019-04-27 19:31:15",
        "2019-04-27 19:33:50",
        "1102 says that the log was cleared",
    ),
    RealLog(
        "windows-security-evtx",
        "windows-evtx/file-share-copy-5145.evtx",
        Came(869, 869, 0, 0, 0),
        1,
        "2019-03-18 14:23:22",
        "2019-03-18 14:24:10",
    ),
    RealLog(
        "windows-security-evtx",
        "windows-evtx/security-workstation-2016-2017.evtx",
        Came(2261, 0, 0, 0, 2261),
        0,
        "",
        "",
        "log-ins, and what the system itself does; no access of an object was audited",
    ),
    RealLog(
        "windows-security-evtx",
        "windows-evtx/share-user-profiles-5145.evtx",
        Came(349, 349, 0, 0, 0),
        1,
        "2021-12-12 11:53:07",
        "2021-12-12 11:53:31",
    ),
    RealLog(
        "windows-sign-ins-evtx",
        "windows-evtx/security-workstation-2016-2017.evtx",
        Came(2261, 675, 0, 0, 1586),
        7,
        "2016-07-08 18:12:51",
        "2017-04-14 01:21:10",
        "583 of 4624, 45 of 4648, 36 of 4647, 11 of 4634; two more actors are named by other events only",
    ),
]
