"""The columns of stored events and names, by name: for those who ask the store by SQL and need nothing heavier."""

# The kinds of names, which are fields of an access event; those whose texts mostly end in a number come apart.
KINDS = ("account", "resource", "action", "subject", "purpose", "workstation")
COUNTED = ("resource", "subject", "workstation")
# A log's word for these stands for one of ours, as the source's profile says.
WITH_MEANING = ("action", "purpose")
# Beside the import, the record and the time: of each kind of name its number, what the text counts up, and the text
# of one that has no number; then how the log wrote the time, the source's own id, and the key where it is kept.
OTHERS = (
    *("import_id", "record", "time"),
    *(f"{kind}_count" for kind in COUNTED),
    *(f"{kind}_whole" for kind in KINDS),
    *("spelled", "record_id", "event_key"),
)
