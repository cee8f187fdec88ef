"""What logs name in brackets, and resources in several spellings."""

from audit.logs.seen_resources import seen_with_brackets
from audit.queries import standing_findings
from tests.audit.auditing import log
from tests.town import Town

_MEANT = "2025-03-05 12:00,aolson,HR/Reviews [2024]/7.docx,view,,"


def test_an_audit_says_that_logs_name_what_a_patterns_brackets_would_match_literally(quiet_town: Town) -> None:
    quiet_town.enter("resources", "system,pattern,series\nCAD,hr/reviews [2024]/*,ignore\ncad,bid/[0-9]*,S4\n")
    log(quiet_town, _MEANT, "2025-03-05 12:00,aolson,bid/17,view,,")

    [notice] = quiet_town.audit().notices

    assert notice == (
        'The pattern "hr/reviews [2024]/*" does not match "HR/Reviews [2024]/7.docx", which the logs name: its '
        "brackets are a set of characters. If the brackets are meant, import hr/reviews [[]2024]/*."
    )


def test_resources_with_brackets_are_known_for_the_system_whose_logs_name_them(quiet_town: Town) -> None:
    log(quiet_town, _MEANT, _MEANT, "2025-03-05 12:00,aolson,bid/17,view,,")
    session, settings = quiet_town.session, quiet_town.settings

    assert list(seen_with_brackets(session, settings, " Cad\u200b")) == ["HR/Reviews [2024]/7.docx"]
    assert list(seen_with_brackets(session, settings, "hris")) == []


def test_a_resource_in_two_spellings_is_one_finding_named_as_first_written(quiet_town: Town) -> None:
    log(
        quiet_town, "2025-03-06 12:00,aolson,else/where,view,C-1,", "2025-03-05 12:00,aolson,Else/\u200bWhere,view,c-1,"
    )
    quiet_town.audit()

    [one] = standing_findings(quiet_town.session)

    assert (one.finding.what, one.figures.events, one.figures.subjects) == ("Else/\u200bWhere", 2, 1)
