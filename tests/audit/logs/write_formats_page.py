"""Writes the table of real logs into `docs/formats.md`: `python -m tests.audit.logs.write_formats_page`."""

from collections.abc import Sequence
from pathlib import Path

from tests.audit.logs.real_documents import REAL_DOCUMENTS
from tests.audit.logs.real_lines import REAL_LINES
from tests.audit.logs.real_logs import RealLog, rows
from tests.audit.logs.real_xml import REAL_XML

ALL_LOGS: Sequence[RealLog] = (*REAL_DOCUMENTS, *REAL_LINES, *REAL_XML)
PAGE = Path(__file__).resolve().parents[3] / "docs" / "formats.md"
_BEGIN, _END = "<!-- table of real logs -->\n", "\n<!-- end of the table -->"


def with_rows(page: str, logs: Sequence[RealLog]) -> str:
    """Give the page with the table of some logs between its marks."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{rows(logs)}{_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_rows(PAGE.read_text("utf-8"), ALL_LOGS), "utf-8")
