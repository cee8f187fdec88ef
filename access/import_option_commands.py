"""What the command line's door to imports of tables may be told, option by option."""

from pathlib import Path
from typing import Annotated

import typer

from config.row_layouts import Layout

TableFile = Annotated[Path, typer.Argument(help="CSV or XLSX file.", readable=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; record nothing.")]
SkipBadRows = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Import the good rows; write the others to a rejects file.")
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        readable=False,
        help="That file, FILE.csv; else a new one next to the imported file. None that is there is written over.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        help='"their heading=our column", remembered for this kind; or "our column=\'constant\'". May be repeated.',
    ),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace", help="The file is the whole truth about whom or what it names; what it lacks is withdrawn."
    ),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day on which a roster was complete.")]
Partial = Annotated[bool, typer.Option("--partial", help="The roster does not hold everybody: nobody is missing.")]
ChangesLayout = Annotated[
    Layout, typer.Option("--format", help="How a dry run writes what would change; all of it in csv and json.")
]
Yes = Annotated[bool, typer.Option("--yes", help="It is meant, however much it changes.")]
