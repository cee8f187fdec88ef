"""What to do about a refusal, in the words of the command line."""

import shlex

from config.remedies import Advice, Remedy

# `{about}` is what the remedy names.
_WORDS = {
    Advice.SET_UP_ENTITY: 'Set one up with: thirteen init --entity "City of …".',
    Advice.NAME_ENTITY: 'Give it one, such as --entity "City of Springfield".',
    Advice.KEEP_NAME: "Leave --name out to keep the one it has.",
    Advice.OTHER_DATA_FOLDER: "Choose another one with --data-dir.",
    Advice.PERMIT_DATA_FOLDER: "Give this account permission to it, or choose another one with --data-dir.",
    Advice.BRING_BACK_DATABASE: "Bring the database back from a backup, set THIRTEEN_DATABASE_URL to where it is, "
    "or choose another folder with --data-dir.",
    Advice.OTHER_DATABASE: "Let THIRTEEN_DATABASE_URL name one that takes changes.",
    Advice.CHECK_SERVER: "Check that the server runs, and THIRTEEN_DATABASE_URL.",
    Advice.MAKE_OWNER: "Ask the server's administrator to make the account in THIRTEEN_DATABASE_URL "
    "the owner of the database.",
    Advice.RAISE_MEMORY_LIMIT: "Raise THIRTEEN_MEMORY_LIMIT_MB.",
    Advice.NAME_REJECTS: "Name another file for them with --rejects FILE.csv.",
    Advice.SKIP_BAD_ROWS: "Correct them, or import the others with --skip-bad-rows.",
    Advice.MEAN_IT: "Without --yes it is refused.",
    Advice.REMOVE_DUE: "Look at what is due; if it is meant, say --yes.",
    Advice.SAY_YES: "Look at it with --dry-run; if it is meant, import with --yes.",
    Advice.GIVE_AS_OF: "Give it with --as-of, such as --as-of 2025-07-01; with --partial nobody is missing.",
    Advice.UNDO_IMPORT: "To import it all the same, take the newer one back first: thirteen undo {about}.",
    Advice.SKIP_OR_REPLACE: "Correct them, or import the others with --skip-bad-rows; if the file corrects what is "
    "recorded already, import it with --replace.",
    Advice.REPLACE_OLDER: "Both now hold; if the file corrects the older one, import it with --replace.",
    Advice.MAKE_WHOLE: "With --replace, correct them first: what a row that is left out restates would be withdrawn.",
    Advice.RESOLVE_PART: "To say who is meant: thirteen resolve-access --series CODE --part TEXT --to HOLDER.",
    Advice.LIST_IMPORTS: "The command thirteen imports lists them.",
    Advice.WITHDRAW_BY_TEXT: "Correct that text in the inventory and import it, or say who is meant: "
    "thirteen resolve-access --series {about}.",
    Advice.WRITE_MAPPING: 'Write --columns "their heading=our column".',
    Advice.MAP_HEADING: 'Say which one is meant with --columns "their heading={about}".',
    Advice.LEAVE_OUT: "Leave {about} out.",
    Advice.LIST_FINDINGS: "The command thirteen findings lists them.",
    Advice.GIVE_STATUS_OR_NOTE: "Give a --status, a --note, or both.",
    Advice.GIVE_NOTE: "Give a --note.",
    Advice.GIVE_REASON: "Give one of them with --reason.",
    Advice.GIVE_OWNER_AND_END: "Give --owner and --until DATE.",
    Advice.GIVE_CASE: "Give it with --case.",
    Advice.OPEN_AGAIN: "Give --status open with a --note first.",
    Advice.LATER_END: "Give a --to that is not before --from.",
    Advice.GIVE_FORMAT: "Give --format {about}.",
    Advice.ADD_SOURCE: "Add one with: thirteen source add NAME --format FORMAT.",
    Advice.SET_SOURCE: "To correct it: thirteen source set {about}, with the options that are to be otherwise.",
    Advice.GIVE_PROFILE: "Rename its headings, or give its source a profile that says which column holds what: "
    "thirteen source set NAME --profile FILE.",
    Advice.AUDIT_AGAIN: "Run thirteen audit again.",
    Advice.INSTALL_SPARK: "Install Thirteen with its extra spark: python -m pip install '.[spark]' in its folder; "
    "or decide without, with --engine duckdb.",
    Advice.INSTALL_JAVA: "Install one, such as openjdk-17-jre-headless, and set JAVA_HOME if it is not found; "
    "or decide without, with --engine duckdb.",
    Advice.CHECK_SPARK: "Check THIRTEEN_SPARK_MASTER, THIRTEEN_SPARK_CONFIG and THIRTEEN_SPARK_EVENTS; "
    "or decide without, with --engine duckdb.",
    Advice.REPLACE_WITH_BACKUP: "To let the backup take its place, say --yes: what stands there is kept in a folder of "
    "its own; or choose another folder with --data-dir.",
    Advice.EXPORT_REJECTS: "To repair them: thirteen rejects --source {about} --out FILE.",
}
_QUOTED = (Advice.EXPORT_REJECTS, Advice.SET_SOURCE)  # what they name may have blanks
_OPTIONS = {
    "as_of": "--as-of",
    "start": "--from",
    "end": "--to",
    "known_at": "--known-at",
    "unused_days": "--days",
    "run": "--run",
    "finding": "--finding",
    "replace": "--replace",
    "partial": "--partial",
    "yes": "--yes",
    "reason": "--reason",
    "owner": "--owner",
    "exception_ends": "--until",
    "referred_to": "--case",
    "assignee": "--assignee",
    "asks": "--ask",
    "due": "--due",
}


def say_remedy(remedy: Remedy) -> str:
    """Say in one sentence what to do, naming commands, options and settings."""
    about = _OPTIONS[remedy.about] if remedy.advice is Advice.LEAVE_OUT else remedy.about
    about = shlex.quote(about) if remedy.advice in _QUOTED else about
    return _WORDS[remedy.advice].format(about=about)
