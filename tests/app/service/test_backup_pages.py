"""Backups from the browser: an administrator's alone, one for each form, as many kept as the setting says."""

from pathlib import Path

from app.backup.backup_folder import back_up
from app.backup.restore_backup import restore_backup
from config.progress import Silence
from config.settings import Settings
from tests.app.service.serving import Service
from tests.app.service.working import hidden, work_off

PAGE = "/admin/backup"


def with_folder(service: Service, folder: Path) -> Service:
    folder.mkdir(exist_ok=True)
    settings = service.installation.settings
    settings.backup_dir, settings.backups_kept = folder, 2
    return service


def test_an_administrator_backs_up_and_a_form_sent_twice_makes_one(service: Service, tmp_path: Path) -> None:
    administrator = with_folder(service, tmp_path / "backups").signed_in("administrator")
    form = {"key": hidden(administrator.get(PAGE))}

    places = {administrator.post(PAGE, data=form).headers["location"] for _ in range(2)}
    work_off(service)

    assert len(places) == 1
    (written,) = (tmp_path / "backups").iterdir()
    assert written.name in administrator.get(PAGE).text
    assert f"{written.name} holds the record" in administrator.get(places.pop()).text
    restored = Settings(data_dir=tmp_path / "again", database_url=None)
    assert restore_backup(restored, written, Silence(), replace=False).about.entity


def test_others_neither_see_nor_make_backups(service: Service, tmp_path: Path) -> None:
    with_folder(service, tmp_path / "backups")

    for login in ("compliance_official", "auditor", "hr"):
        official = service.signed_in(login)
        assert (official.get(PAGE).status_code, official.post(PAGE).status_code) == (403, 403), login


def test_without_a_folder_the_page_says_what_is_missing_and_the_job_fails(service: Service) -> None:
    administrator = service.signed_in("administrator")
    assert "THIRTEEN_BACKUP_DIR" in administrator.get(PAGE).text

    place = administrator.post(PAGE).headers["location"]
    work_off(service)

    assert "No folder is named for backups" in administrator.get(place).text


def test_as_many_stay_as_are_to_be_kept_and_nothing_else_is_touched(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with_folder(service, folder)
    (folder / "notes.txt").write_text("ours")
    for name in ("thirteen-2024-01-01-021500.backup", "thirteen-2024-01-02-021500.backup", "before-upgrade.backup"):
        (folder / name).write_bytes(b"old")

    said = list(back_up(service.installation))

    left = sorted(path.name for path in folder.iterdir())
    assert said[-1] == "1 older backup is removed."
    assert left[:3] == ["before-upgrade.backup", "notes.txt", "thirteen-2024-01-02-021500.backup"]
    assert len(left) == 4
