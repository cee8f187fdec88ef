"""How far long work has come, as a line at the foot of a terminal that is gone when the work is done."""

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TaskProgressColumn, TextColumn, TimeElapsedColumn

from config.shown_text import shown


class ProgressBar:
    """Shows the step that was last told, its share and how long it has been going on."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._shown: Progress | None = None
        self._what = ""
        self._task = TaskID(0)

    def step(self, what: str, share: float | None = None) -> None:
        """Show a step, or how much of it is done."""
        what = shown(what)
        if self._shown is None:
            self._shown = _started(self._console)
        if what != self._what:
            for task in self._shown.task_ids:
                self._shown.remove_task(task)
            self._task = self._shown.add_task(what, total=None)
            self._what = what
        self._shown.update(self._task, completed=share or 0, total=None if share is None else 1)

    def end(self) -> None:
        """Clear the line, so that what is printed next stands alone."""
        if self._shown is not None:
            self._shown.stop()
        self._shown, self._what = None, ""


def _started(console: Console) -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),  # a file may be named anything
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    # answers are printed when the line is gone; a pipe must get them as they are
    shown = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    shown.start()
    return shown
