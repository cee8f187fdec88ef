"""What to do about a refusal, in the words of the pages: which field, which page, whom to ask."""

from config.remedies import Advice, Remedy

# `{about}` is what the remedy names.
_WORDS = {
    Advice.RAISE_MEMORY_LIMIT: "Ask who runs this service to raise its memory limit.",
    Advice.SKIP_BAD_ROWS: "Mend them, or leave them out.",
    Advice.SKIP_OR_REPLACE: "Mend them, or leave them out; if the file corrects what is recorded already, send it "
    "again as the whole truth about what it names.",
    Advice.MAKE_WHOLE: "Mend them first: what a row that is left out restates would be withdrawn.",
    Advice.REPLACE_OLDER: "Both now hold; if the file corrects the older one, send it again as the whole truth about "
    "what it names.",
    Advice.SAY_YES: "Look at what it would change; if it is meant, say so when you apply it.",
    Advice.MEAN_IT: "It is refused unless you say that it is meant.",
    Advice.GIVE_AS_OF: "Say on which day the roster was complete, or that it does not hold everybody.",
    Advice.UNDO_IMPORT: "To import it all the same, take import {about} back first, under Imports.",
    Advice.RESOLVE_PART: "They can be resolved in the inventory once the file is applied.",
    Advice.WITHDRAW_BY_TEXT: "Correct that text in the inventory of {about} instead.",
    Advice.MAP_HEADING: "Send it again, and write under the headings that are called otherwise: "
    "their heading = {about}",
    Advice.WRITE_MAPPING: "Write it as: their heading = our column.",
    Advice.GIVE_PROFILE: "Rename its headings, or give its source a profile that says which column holds what.",
    Advice.ADD_SOURCE: "Add it under Logs.",
    Advice.SET_SOURCE: "To correct it, open {about} under Logs.",
    Advice.AUDIT_AGAIN: "Ask for the audit again.",
    Advice.EXPORT_REJECTS: "To mend them, download them from the page of {about} under Logs, once they are imported.",
    Advice.SET_UP_ENTITY: "Ask who runs this service to set the entity up.",
    Advice.PERMIT_DATA_FOLDER: "Ask who runs this service to give it permission to its data folder.",
    Advice.BRING_BACK_DATABASE: "Ask who runs this service to bring the database back from a backup.",
    Advice.OTHER_DATABASE: "Ask who runs this service to name a database that takes changes.",
    Advice.CHECK_SERVER: "Ask who runs this service to check the database's server; then ask for it again.",
    Advice.LIST_IMPORTS: "They are listed under Imports.",
    Advice.LIST_FINDINGS: "They are listed under Findings.",
    Advice.LEAVE_OUT: "Leave the field “{about}” empty.",
    Advice.GIVE_STATUS_OR_NOTE: "Choose a status, write a note, or both.",
    Advice.GIVE_NOTE: "Write a note.",
    Advice.GIVE_REASON: "Choose one of them as the reason.",
    Advice.GIVE_OWNER_AND_END: "Say who owns it, and its last day.",
    Advice.GIVE_CASE: "Name the case.",
    Advice.OPEN_AGAIN: "Open it again first, with a note.",
    Advice.GIVE_FORMAT: "Choose {about} as the format.",
    Advice.INSTALL_SPARK: "Ask who runs this service to install Apache Spark, or to decide without it.",
    Advice.INSTALL_JAVA: "Ask who runs this service to install Java, or to decide without Apache Spark.",
    Advice.CHECK_SPARK: "Ask who runs this service to check how Apache Spark is reached.",
    Advice.LATER_END: "Give a last day that is not before the first one.",
}


def page_remedy(remedy: Remedy | None) -> str:
    """Say in a sentence what to do; nothing where pages have no words for it."""
    return "" if remedy is None else _WORDS.get(remedy.advice, "").format(about=remedy.about)
