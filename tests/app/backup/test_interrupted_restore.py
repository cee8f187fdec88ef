"""A restore that is interrupted anywhere leaves a folder that is wholly one or wholly the other."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.backup.take_place import Change
from tests.app.backup.town_backups import NEW_PERSON, content, fresh, restored
from tests.town import Town


class _KilledError(BaseException):
    """The process ends here."""


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[Callable[[], bool]]:
    """Let the process end before the move of a file of this number, until the block ends; tell whether it did."""
    moves = 0
    with monkeypatch.context() as patched:
        for name in ("rename", "replace"):
            real = getattr(Path, name)

            def move(path: Path, target: Path, real: Callable[[Path, Path], Path] = real) -> Path:
                nonlocal moves
                moves += 1
                if moves == number:
                    raise _KilledError
                return real(path, target)

            patched.setattr(Path, name, move)
        yield lambda: moves >= number


def test_whatever_was_interrupted_the_folder_is_wholly_one_or_wholly_the_other(
    town: Town, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(town.settings)
    town.enter("employees", NEW_PERSON)
    town.session.commit()
    later = content(town.settings)
    found = list[str]()
    for number in range(1, 30):
        settings = fresh(tmp_path, f"city-{number}")
        shutil.copytree(town.settings.data_dir, settings.data_dir)
        with killed_at(monkeypatch, number) as was_killed, suppress(_KilledError):
            restored(settings, backup, replace=True)
        is_before, is_later = (content(settings) == one for one in (before, later))
        found.append("before" if is_before else "later" if is_later else "neither")
        assert not (settings.data_dir / Change.FILE).exists()
        assert not list(settings.data_dir.glob("restoring-*"))
        if not was_killed():
            break

    assert set(found) == {"before", "later"}
    assert found == sorted(found, reverse=True)
