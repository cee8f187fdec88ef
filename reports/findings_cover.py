"""The cover of the findings: how many stand, what the newest audit counted, and whether both agree or why not."""

from collections.abc import Sequence

from audit.models import AuditRun
from reports.about import About
from reports.finding_tallies import FindingTallies, Tally
from reports.legal_basis import OTHER_GROUNDS, POSSIBLE
from reports.sheets import Cover, Section

_HANDLE_WITH_CARE = (
    "This workbook names employees and says what they accessed. Treat it as private personnel data "
    "(Minn. Stat. 13.43): give it only to those whose work assignment requires it."
)
_WHAT_A_FINDING_IS = (
    "A finding gathers the accesses of one employee or account to one series or resource in one month, for one reason."
)
_NO_AUDIT = "No audit has been run yet."


_A_QUESTION = (
    "This audit was a question about the past: as it was known then, its findings would be these. They do not stand; "
    "those that stand are in the report that names no run."
)


def findings_cover(
    tallies: FindingTallies, runs: Sequence[AuditRun], about: About, *, asked: AuditRun | None = None
) -> Cover:
    """Lay out the cover.

    Args:
        tallies: Of the findings reported.
        runs: All audits, the newest first.
        about: The report's circumstances.
        asked: The run whose findings these are; None = those that stand.
    """
    whole = tallies.whole
    runs = runs if asked is None else [asked]
    return Cover(
        heading="Findings of the access audit",
        sections=[
            about.section(about.of_months(), paragraphs=[POSSIBLE, OTHER_GROUNDS, _HANDLE_WITH_CARE]),
            Section(
                heading="Findings that stand" if asked is None else f"Findings of run {asked.id}",
                facts=[
                    ("Findings", whole.unauthorized + whole.unresolved),
                    ("Of possible unauthorized access", whole.unauthorized),
                    ("Unresolved", whole.unresolved),
                    *_statuses(tallies),
                    ("Accesses in findings", whole.unauthorized_events + whole.unresolved_events),
                    ("Accesses: possible unauthorized", whole.unauthorized_events),
                    ("Accesses: unresolved", whole.unresolved_events),
                ],
                paragraphs=[*([_A_QUESTION] if asked and asked.is_question else []), _WHAT_A_FINDING_IS],
            ),
            _audit(whole, runs, about, heading="The newest audit" if asked is None else f"Run {asked.id}"),
        ],
    )


def _statuses(tallies: FindingTallies) -> list[tuple[str, int]]:
    counts = sorted(tallies.by("status").items())
    return [(f"Status: {status.replace('_', ' ')}", tally.unauthorized + tally.unresolved) for status, tally in counts]


def _audit(whole: Tally, runs: Sequence[AuditRun], about: About, *, heading: str) -> Section:
    if not runs:
        return Section(heading=heading, paragraphs=[_NO_AUDIT])
    run = runs[0]
    return Section(
        heading=heading,
        facts=[
            ("Run", f"{about.say(run.run_at)} by {run.run_by}"),
            ("Accesses", about.of_range(run.range_start, run.range_end)),
            ("As known on", about.say(run.known_at)),
            ("Accesses decided", run.events),
            ("Authorized", run.authorized),
            ("Possible unauthorized", run.unauthorized),
            ("Unresolved", run.unresolved),
            ("Out of scope", run.out_of_scope),
            (
                "Cross-examined",
                f"{run.examined:,} decisions put to Casbin and the decision table, of which {run.agreed:,} agreed",
            ),
            ("Digest of its inputs", run.digest),
        ],
        paragraphs=[how_figures_agree(whole, run, about)],
    )


def how_figures_agree(whole: Tally, run: AuditRun, about: About) -> str:
    """Say whether the accesses of the findings are those that the newest audit counted, or why they are not."""
    if (whole.unauthorized_events, whole.unresolved_events) == (run.unauthorized, run.unresolved):
        return "Both figures agree: the accesses in the findings above are those that this audit counted."
    differ = (
        f"The findings above hold {whole.unauthorized_events:,} and {whole.unresolved_events:,} accesses, this audit "
        f"counted {run.unauthorized:,} and {run.unresolved:,}"
    )
    why = []
    if about.start or about.end:
        why.append("this report is about some months only")
    if run.range_start or run.range_end:
        why.append("this audit covered part of the time only, and findings of other times stand from earlier audits")
    if not why:
        return f"{differ}. Nothing on this page explains it: audit again before this is handed on."
    return f"{differ}: {'; '.join(why)}."
