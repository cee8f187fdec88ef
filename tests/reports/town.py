"""A town small enough to know by heart, entered through the product's own imports, with one access for each reason."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from access.import_kinds import IMPORT_KINDS
from audit.logs.sources import SourceRequest
from audit.run_audit import AuditRequest
from config.settings import Settings
from config.tables.import_file import ImportRequest, import_table
from inventory.models import Entity
from reports.about import About
from reports.sheets import CellValue, Cover, Sheet
from tests.importing import CHICAGO
from tests.installing import audit, import_file

ENTERED = datetime(2025, 1, 2, 12, tzinfo=UTC)
IMPORTED = datetime(2025, 7, 1, 12, tzinfo=UTC)
NOW = datetime(2025, 7, 2, 12, tzinfo=UTC)
MARCH_10 = datetime(2025, 3, 10, 12, tzinfo=UTC)
ABOUT = About(entity="Town of Elm", zone=CHICAGO, produced_at=NOW, known_at=NOW, as_of=MARCH_10)

TABLES = {
    "positions": """
        position_code,title,department
        P1,Police Clerk,Police
        P2,Payroll Clerk,Finance
        P3,Detective,Police
        P4,Groundskeeper,Parks""",
    "employees": """
        employee_id,name,manager_id,hire_date,separation_date
        E1,Ann Olson,E2,2020-01-01,
        E2,Bo Larson,,2020-01-01,
        E3,Cy Dale,E2,2020-01-01,2025-03-31""",
    "assignments": """
        employee_id,position_code,start_date,end_date
        E1,P1,2020-01-01,
        E2,P2,2020-01-01,
        E3,P1,2020-01-01,2025-03-31""",
    "accounts": """
        system,login,employee_id,kind
        cad,aolson,E1,personal
        cad,blarson,E2,personal
        cad,cdale,E3,personal
        cad,frontdesk,,shared""",
    "inventory": """
        name,description,classification,citation,work_access,code,department,systems,retention,purpose
        Case files,What the police found out,Private/Confidential,13.82 subd. 7,Police Clerk,S1,Police,CAD,7 years,cases
        Payroll,What employees earn,Private,13.43,certain employees as needed,S2,Finance,CAD,,payroll
        Agendas,What the council will discuss,Public,,All employees,S3,,,,
        Bids,Sealed bids,Nonpublic,13.591 subd. 3,,S4,Finance,,,""",
    "work-access": """
        series,holder_type,holder,actions,purposes,start_date,end_date,authority
        S2,position,P2,view;modify,payroll,2024-01-01,,Position description P2
        S1,position,P3,*,,,,Detectives' order""",
    "temporary-duties": """
        employee_id,series,actions,purposes,start,end,granted_by,reason,recorded_at,revoked_at
        E2,S1,view,,2025-03-01,2025-03-31,E1,Covers for Cy,2025-02-28,
        E1,S4,*,,2025-03-01,2025-12-31,Bo Larson,Opens bids,2025-02-28,2025-03-05
        E1,S2,view,,2025-06-01,2025-06-30,E2,Year-end closing,2025-06-20,""",
    "officers": """
        office,employee_id,start
        responsible_authority,E2,2020-01-01""",
    "officer-duties": """
        employee_id,series,duty,start,end
        E2,*,answer a data request,2025-05-01,2025-05-02""",
    "resources": """
        system,pattern,series
        cad,case/*,S1
        cad,pay/*,S2
        cad,agenda/*,S3
        cad,bid/*,S4
        cad,health,ignore""",
}
LOG = """
    time,account,resource,action,subject,purpose
    2025-02-03 09:00:00,aolson,case/1,view,C-1,
    2025-03-05 10:00:00.25,CITY\\blarson,case/1,view,C-1,
    2025-04-02 10:00:00,aolson,bid/1,view,B-2,
    2025-04-02 11:00:00,cdale,case/2,view,C-2,
    2025-04-03 09:00:00,frontdesk,case/1,view,C-1,
    soon,ghost,case/1,view,C-1,
    2025-04-04 09:00:00,ghost,case/1,view,C-1,
    2025-04-05 09:00:00,aolson,archive/9,view,,
    2025-04-06 09:00:00,aolson,agenda/1,view,,
    2025-04-06 09:01:00,aolson,health,other,,
    2025-04-07 09:00:00,aolson,pay/1,view,E2,=payroll
    2025-04-08 09:00:00,blarson,pay/1,modify,E1,
    2025-04-08 09:01:00,blarson,pay/1,export,E1,Payroll
    2025-05-01 09:00:00,blarson,case/5,view,C-5,
    2025-06-10 09:00:00,aolson,pay/1,view,E2,
    2025-06-11 09:00:00,blarson,case/1,view,C-1,"""
REASONS = {  # of each record of the log that can be read
    1: "assigned",
    2: "assigned",
    3: "assignment_ended",
    4: "not_employed",
    5: "shared_account",
    7: "unknown_account",
    8: "uninventoried_resource",
    9: "public_data",
    10: "ignored",
    11: "untestable_access",
    12: "purpose_not_described",
    13: "action_exceeds_assignment",
    14: "officer_duty",
    15: "backdated",
    16: "officer_without_duty",
}


@dataclass(frozen=True)
class Town:
    """The town's session and settings, and where its files lie."""

    session: Session
    settings: Settings
    folder: Path

    def enter(self, kind: str, text: str, *, at: datetime = ENTERED) -> None:
        """Import one more table."""
        request = ImportRequest(kind, self._write(f"{kind}.csv", text), {})
        import_table(self.session, IMPORT_KINDS[kind](self.session, CHICAGO), request, now=at, by="clerk")

    def log(self, text: str, *, source: str = "cad", name: str = "cad.csv", at: datetime = IMPORTED) -> None:
        """Import one more log of the system cad."""
        self._log(SourceRequest(source, "csv", "", "America/Chicago", "cad"), text, name, at)

    def log_with(self, profile: str, text: str, *, name: str) -> None:
        """Import one more log of the system cad, whose fields a profile names."""
        self._log(SourceRequest("profiled", "csv", profile, "America/Chicago", "cad"), text, name, IMPORTED)

    def _log(self, request: SourceRequest, text: str, name: str, at: datetime) -> None:
        import_file(self.session, self.settings, self._write(name, text), request, at)

    def audit(self, start: datetime | None = None, end: datetime | None = None, *, at: datetime = NOW) -> None:
        """Audit a range as known then."""
        audit(self.session, self.settings, AuditRequest(start, end), at)

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n", encoding="utf-8")
        return path


def build_town(session: Session, settings: Settings, folder: Path) -> Town:
    """Enter the town and its log, and audit all of it."""
    entity = Entity(
        name="Town of Elm",
        time_zone="America/Chicago",
        responsible_authority="Bo Larson",
        responsible_authority_title="Town Clerk",
        responsible_authority_address="1 Elm Street",
        recorded_at=ENTERED,
        recorded_by="clerk",
    )
    session.add(entity)
    town = Town(session, settings, folder)
    for kind, text in TABLES.items():
        town.enter(kind, text)
    town.log(LOG)
    town.audit()
    session.commit()
    return town


def table(sheets: list[Cover | Sheet], title: str) -> list[dict[str, CellValue]]:
    """Give the rows of a sheet, each by the columns' headings."""
    (sheet,) = (one for one in sheets if one.title == title)
    assert isinstance(sheet, Sheet)
    headings = [column.heading for column in sheet.columns]
    return [dict(zip(headings, row, strict=True)) for row in sheet.rows]


def facts_of(sheets: list[Cover | Sheet]) -> dict[str, CellValue]:
    """Give the facts on the cover; of two with the same label, the last."""
    cover = sheets[0]
    assert isinstance(cover, Cover)
    return {label: value for section in cover.sections for label, value in section.facts}


def paragraphs_of(sheets: list[Cover | Sheet]) -> str:
    """Give all paragraphs on the cover."""
    cover = sheets[0]
    assert isinstance(cover, Cover)
    return "\n".join(paragraph for section in cover.sections for paragraph in section.paragraphs)
