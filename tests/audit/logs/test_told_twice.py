"""The same access in two exports of different kinds: both are kept, and the import says that each counts twice."""

from tests.audit.logs.importing_logs import HEADER, LINE, Logs, counts

_WITH_IDS = "fields: {time: time, account: account, resource: resource, action: action, event_id: id}"


def test_accesses_that_another_source_of_the_system_told_are_named_and_kept(logs: Logs) -> None:
    logs.change_source(name="audit")
    logs.source.system = "permits"
    logs.session.commit()
    logs.add(HEADER + LINE + LINE.replace("17:00", "18:00"), "organisation.csv")
    logs.change_source()

    other = "time,account,resource,action\n2025-03-01T17:00:00.250Z,CITY\\AOlson,CASE/7,View\n"
    receipt = logs.add(other + "2025-03-01T18:00:00Z,aolson,case/8,view\n", "network.csv")

    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert receipt.told_before == 1
    assert "Of the added, 1 may have been imported before." in str(receipt)
    (told,) = [one for one in receipt.notices if "agree" in one]
    assert told.startswith(
        "1 of these accesses agrees in account, time, resource and action with accesses that came in"
    )
    assert "import 1 of audit (organisation.csv)" in told
    assert len(logs.events()) == 4


def test_a_second_kind_of_export_of_one_source_is_noticed_in_one_import_too(logs: Logs) -> None:
    logs.change_source(_WITH_IDS)
    files = []
    for kind in "ab":
        files.append(logs.folder / f"{kind}.csv")
        files[-1].write_text(f"id,time,account,resource,action\n{kind}1,2025-03-01T17:00:00Z,aolson,case/7,view\n")

    first, second = logs.add_files(files)

    assert (first.told_before, second.told_before) == (0, 1)
    assert "under other ids in a.csv" in " ".join(second.notices)


def test_what_differs_in_what_both_have_is_another_access(logs: Logs) -> None:
    logs.add(HEADER + LINE, "a.csv")

    others = [LINE.replace("Ann Smith", "Bo Smith"), LINE.replace("17:00:00", "17:00:01"), LINE.replace("aolson", "")]
    receipt = logs.add(HEADER + LINE + "".join(others), "b.csv")

    assert counts(receipt) == (4, 3, 1, 0, 0)
    assert receipt.told_before == 0
