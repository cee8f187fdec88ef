"""The life of a third small city: what the service and people beside it do with what was audited, then its backups."""

import csv
import os
import shutil
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import psycopg
from sqlmodel import col, select

from access.change_duty import Decider
from access.models import WorkAccess
from access.people_below import Reach
from access.proposals.answer_proposal import confirm_proposal
from access.proposals.find_proposal import find_proposal
from access.proposals.models import ProposedAct
from access.proposals.propose_access import AskedChange, propose_access, stated_of
from access.reviews.answer_item import Given, answer_item, take_answer_back
from access.reviews.close_review import close_review
from access.reviews.find_review import ItemNow, find_item, find_review
from access.reviews.models import AccessReview, Answer, ItemKind, ReviewItem
from app.reviews.shown import ReviewAsked, make_review
from config.errors import Refusal
from config.jobs.models import JobKind
from config.officials.officials import OfficialRequest, add_official
from config.officials.permissions import Role
from config.recorded import current
from config.web.once import once
from config.web.signed_in import SignedIn
from config.work import Installation, Work
from tests.kills.job_steps import asks, job, opened
from tests.kills.steps import Step, imported, log
from tests.kills.world import DATA, FILES

_ANN = SignedIn("ann", "Ann Olson", (Role.COMPLIANCE_OFFICIAL,), "")
_DECIDER, _SECOND = Decider("ann", Reach("all", "")), Decider("ben", Reach("all", ""))
_LOOKUPS, _BACKUP = f"{FILES}/lookups.csv", "out/city.backup"
_ASSURED = ("assurance", _LOOKUPS, "--source", "records")
_ACCOUNT = ("--column", "account", "--as", "release", "--citation", "Minn. Stat. 13.43 subd. 2")
_TIME = ("--column", "time", "--as", "mask", "--citation", "Minn. Stat. 13.37")
Answers = Callable[[Work, AccessReview, ItemNow], object]


def _let_ann_in() -> None:
    with opened() as installation, installation.change() as work:
        add_official(work.session, OfficialRequest("ann", "Ann", [Role.COMPLIANCE_OFFICIAL]), now=work.now, by=work.by)


def _start_review() -> None:
    """Start a review as the form does that is sent again with the same key where no answer came."""
    asked = ReviewAsked(name="Yearly", due="+30d")
    _done(lambda installation: once(installation, _ANN, "a key", asked, lambda work: make_review(work, asked, _ANN)))


def _answers(does: Answers) -> Callable[[], None]:
    """Answer for the first grant of the review that work access gave."""

    def answer(work: Work) -> None:
        review = find_review(work.session, 1, _DECIDER.reach)
        given = select(ReviewItem.id).where(ReviewItem.kind == ItemKind.WORK_ACCESS).order_by(col(ReviewItem.id))
        does(work, review, find_item(work.session, review, work.session.exec(given.limit(1)).one(), _DECIDER.reach))

    return _changes(answer)


def _propose(work: Work) -> None:
    """Propose that the first statement of work access was never so."""
    row = work.session.exec(select(WorkAccess).where(current(WorkAccess)).order_by(col(WorkAccess.id)).limit(1)).one()
    asked = AskedChange(ProposedAct.WITHDRAW, stated_of(row), row.restores or row.id, "a mix-up", ["It is weighed."])
    propose_access(work, asked, by=_DECIDER)


def _changes(does: Callable[[Work], object]) -> Callable[[], None]:
    def change(installation: Installation) -> None:
        with installation.change() as work:
            does(work)

    return lambda: _done(change)


def _done(does: Callable[[Installation], object]) -> None:
    with opened() as installation:
        try:
            does(installation)
        except Refusal as refusal:
            sys.exit(str(refusal))


def _write_lookups() -> None:
    with Path(FILES, "records.csv").open(encoding="utf-8", newline="") as log_file:
        asked = [(row["time"], row["account"], row["resource"]) for row in islice(csv.DictReader(log_file), 20)]
    with Path(_LOOKUPS).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((("time", "account", "record"), *asked))


def _lose_everything() -> None:
    """Leave an empty folder and an empty database: what a backup is brought back to."""
    shutil.rmtree(DATA)
    if url := os.environ.get("THIRTEEN_DATABASE_URL"):
        with psycopg.connect(url) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")


SERVICE_STEPS = (
    Step(("init", "--entity", "City of Springfield")),
    *(imported(kind) for kind in ("positions", "employees", "assignments", "accounts", "inventory")),
    *(imported(kind) for kind in ("officers", "officer-duties", "work-access", "resources")),
    imported("corrected", kind="temporary-duties"),
    Step(("source", "add", "records", "--format", "csv")),
    log("part-1.csv", name=""),
    Step(("audit",), before=_let_ann_in),
    job("notices", asks(JobKind.NOTICES), on_server=True),
    Step(("inventory", "publish", "--yes", "--note", "Resolution 12"), "publish", on_server=True),
    Step(("document", "security", "--out", "out/security.docx"), "document"),
    Step(("release", "set", "records", *_TIME)),
    Step(("release", "set", "records", *_ACCOUNT), "release set", on_server=True),
    Step(("release", "export", "records", "--out", "out/trail.csv"), "release export", on_server=True),
    Step(
        ("assurance", _LOOKUPS, "--source", "records", "--out", "out/assured.xlsx"), "assurance", before=_write_lookups
    ),
    Step((), "review, starting", on_server=True, program=_start_review),
    job("count of a review", None, on_server=True),
    Step(
        *((), "review, ending a grant", True),
        program=_answers(
            lambda work, review, now: answer_item(work, review, now, Given(Answer.ENDED, "moved on"), by=_DECIDER)
        ),
    ),
    Step(
        *((), "review, taking back", True),
        program=_answers(lambda work, review, now: take_answer_back(work, review, now, by=_DECIDER)),
    ),
    Step(
        *((), "review, closing", True),
        program=_changes(lambda work: close_review(work, find_review(work.session, 1, _DECIDER.reach), by="ann")),
    ),
    Step((), "proposal", on_server=True, program=_changes(_propose)),
    Step(
        *((), "proposal, confirming", True),
        program=_changes(lambda work: confirm_proposal(work, find_proposal(work.session, 1), by=_SECOND)),
    ),
    Step(("backup", _BACKUP), "backup", on_server=True),
    Step(("entity", "--compliance-official", "Jane Roe")),
    Step(("backup", _BACKUP), "backup, replacing", on_server=True),
    Step(("restore", _BACKUP), "restore, of what is lost", on_server=True, before=_lose_everything),
    Step(("entity", "--compliance-official", "John Doe")),
    Step(
        ("restore", _BACKUP, "--yes"), "restore, in place"
    ),  # the last: a server takes a backup into an empty database
)
