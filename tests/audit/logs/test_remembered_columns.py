"""A column that an export gains later does not make known records new; one that vanishes is said."""

from tests.audit.logs.importing_logs import Logs, counts

HEAD, ROW = "time,account,resource,action", "2025-03-01T17:00:00Z,ann,case/7,view"


def test_a_new_column_takes_no_part_in_telling_records_apart(logs: Logs) -> None:
    logs.add(f"{HEAD}\n{ROW}\n", "a.csv")
    key = logs.keys()

    for name, cell in (("session", "s1"), ("purpose", "audit")):
        receipt = logs.add(f"{name},{HEAD}\n{cell},{ROW}\n{cell},{ROW.replace('17:', '18:')}\n", f"{name}.csv")
        assert any(f"had no column {name}" in notice for notice in receipt.notices)
        assert receipt.already_known >= 1

    assert len(logs.events()) == 2
    assert logs.keys()[:1] == key


def test_records_of_another_layout_are_told_by_all_their_columns(logs: Logs) -> None:
    logs.add(f"{HEAD},session\n{ROW},s1\n", "a.csv")

    receipt = logs.add(f"{HEAD}\n{ROW}\n", "b.csv")

    assert counts(receipt) == (1, 1, 0, 0, 0)
    assert any("had a column session, which this one lacks" in notice for notice in receipt.notices)


def test_headings_in_another_spelling_and_order_name_the_same_columns(logs: Logs) -> None:
    logs.add(f"{HEAD},session\n{ROW},s1\n", "a.csv")

    receipt = logs.add(f"Session,Time,\u200bACCOUNT ,resource,action\ns1,{ROW}\n", "b.csv")

    assert counts(receipt) == (1, 0, 1, 0, 0)
    assert not any("Earlier logs" in notice for notice in receipt.notices)
