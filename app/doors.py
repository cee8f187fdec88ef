"""The commands of `thirteen` as they are listed; what one needs is loaded only when it is asked for."""

from app.door import Door, Group

KINDS = (
    *("inventory", "positions", "employees", "assignments", "roster", "accounts", "work-access"),
    *("temporary-duties", "officers", "officer-duties", "resources", "purposes", "cases", "trainings"),
)
_GRANTS = ("work-access", "temporary-duties")
_IMPORT = "access.import_commands:import_file"
_IMPORTS_OF_GRANTS = "app.imports.grants_commands:import_grants"
DOORS = (
    Door("init", "inventory.commands:init", "Set up the entity in a new data folder."),
    Door("entity", "inventory.commands:entity", "Show how the entity is described, or change what is given."),
    Door("go-live", "inventory.commands:live", "From now on, grants entered late count as late."),
    Group(
        "import",
        "Import a file; KIND says what it holds.",
        *(
            Door(
                kind,
                _IMPORTS_OF_GRANTS if kind in _GRANTS else _IMPORT,
                f"Import {kind.replace('-', ' ')} from a CSV or XLSX file.",
                more="access.column_meanings:columns_in_words",
            )
            for kind in KINDS
        ),
        Door(
            "log",
            "audit.import_log_commands:import_log_files",
            "Import access logs; a record that is known already adds nothing.",
        ),
    ),
    Door(
        "template",
        "access.template_commands:template",
        "Write an empty workbook of a kind of file, with its columns, what they mean, and pick lists.",
    ),
    Door(
        "resolve-access",
        "access.commands:resolve_access",
        "Say who is meant by a part of a work access text that names no known holder, or that it adds nobody.",
    ),
    Door(
        "withdraw",
        "app.people.withdraw_commands:withdraw",
        "Take one grant as never having been so; what was known of it in between stays known.",
    ),
    Door("imports", "audit.imports_commands:imports", "List every import that was applied, by its number."),
    Door("undo", "audit.undo_commands:undo", "Take an import back, so that what stood before it stands again."),
    Group(
        "inventory",
        "The published versions of the inventory.",
        Door(
            "publish",
            "app.publishing.commands:publish",
            "Publish what stands in the inventory as the next version; nothing changes it any more.",
        ),
        Door("versions", "app.publishing.commands:versions", "List the published versions of the inventory."),
        Door(
            "difference",
            "app.publishing.commands:show_difference",
            "Show what differs between two versions of the inventory, or a version and the draft.",
        ),
        Door(
            "workbook",
            "app.publishing.commands:workbook",
            "Write a published version in the form of the State's template, as it was published.",
        ),
    ),
    Door(
        "document",
        "app.publishing.document_commands:document",
        "Draft a policy, or the texts for position descriptions, for an attorney to edit.",
    ),
    Group(
        "series",
        "The data series of the inventory.",
        Door("rename", "inventory.commands:rename", "Give a data series another name; its code stays."),
        Door(
            "review", "app.series.commands:review", "Record that a series was gone over, and found right or put right."
        ),
        Door("reviews", "app.series.commands:reviews", "List when each series is due for its yearly review."),
        Door(
            "compare",
            "app.series.commands:compare",
            "Show in what the inventory's work access texts and the recorded work access differ.",
        ),
    ),
    Group(
        "purpose",
        "What people typed as their reason, and which purposes it means.",
        Door(
            "suggest",
            "audit.purpose_commands:suggest",
            "List what was typed that maps to no purpose, with the nearest ones that work access lists.",
        ),
        Door(
            "map",
            "audit.purpose_commands:map_texts",
            "Say which purpose texts or patterns mean, or accept what is suggested for each.",
        ),
    ),
    Door("catalogue", "inventory.commands:catalogue", "Search the statutory catalogue that ships with the product."),
    Group(
        "source",
        "Systems whose access logs are imported.",
        Door("add", "audit.logs.commands:add", "Set up a source of access logs."),
        Door(
            "set",
            "audit.logs.commands:change",
            "Correct a source in what is given, and say which imported logs were read otherwise.",
        ),
        Door(
            "list",
            "audit.logs.commands:sources",
            "List the sources: how each is set up, and what was imported of it.",
        ),
        Door(
            "detect",
            "audit.logs.detect_commands:detect",
            "Find out what log files are: format, encoding, times, fields, and the profile that reads them.",
        ),
        Door("profiles", "audit.logs.commands:profiles", "List the profiles that ship with the product."),
    ),
    Door(
        "coverage",
        "audit.logs.coverage_commands:coverage",
        "Show which days of each source were seen, and which are missing: accesses of these are not judged.",
    ),
    Door(
        "rejects",
        "audit.logs.store_commands:rejects",
        "Write a source's unreadable records to a file, to be repaired and imported again.",
    ),
    Door(
        "compact",
        "audit.logs.store_commands:compact",
        "Put the small files of imported logs together, one a month of each source.",
    ),
    Group(
        "retention",
        "How long accesses are kept, what is held longer, and what is due to be removed.",
        Door(
            "set",
            "app.retention.commands:state",
            "Enter how long the accesses of a source are kept, by your own schedule; nothing is removed by that.",
        ),
        Door("end", "app.retention.commands:end", "Let a source have no retention period any more."),
        Door("due", "app.retention.commands:due", "Show what is due to be removed, and what is held."),
        Door("apply", "app.retention.commands:apply", "Remove what is due, wholly; what is held stays."),
        Door("list", "app.retention.commands:list_removals", "List what was removed, and under which schedule."),
        Door("hold", "app.retention.commands:hold", "Hold accesses, whatever a schedule says."),
        Door("lift", "app.retention.commands:lift", "Let a legal hold end now."),
    ),
    Group(
        "release",
        "What of audit trails may be handed out, by column, as the responsible authority decides.",
        Door("set", "app.release.commands:state", "Enter what was decided of a column; else it is withheld."),
        Door("list", "app.release.commands:list_columns", "List a source's columns with what is decided of each."),
        Door("export", "app.release.commands:export", "Write a source's accesses to be handed out, as decided."),
    ),
    Door(
        "verify",
        "audit.logs.store_commands:verify",
        "Hold every file of the imported logs to the receipt of its import.",
    ),
    Door("audit", "audit.commands:audit", "Decide the accesses, cross-examine the decisions, write findings."),
    Door("findings", "audit.finding_commands:findings", "List the findings that stand, or those of one run."),
    Door(
        "finding",
        "audit.finding_page_commands:finding",
        "Show one finding: why, its accesses, its history, and others like it.",
    ),
    Door("note", "audit.note_commands:note", "Note on findings what was learnt, or move them to another status."),
    Door("list", "access.list_commands:list_rows", "List what is on the record, in force on a day."),
    Door(
        "explain",
        "audit.explain_commands:explain_access",
        "Did this person have a work assignment for this data, then, and why?",
    ),
    Door(
        "assurance",
        "reports.assurance_commands:assurance",
        "Answer a list of look-ups: whose account, which grant then, and whether the logs have it.",
    ),
    Door("report", "reports.commands:report", "Write a workbook that can be handed on as it is."),
    Door(
        "decisions",
        "reports.commands:decisions",
        "Write every access with its verdict, its reason and the grant it rests on.",
    ),
    Group(
        "duty",
        "Work access that managers give one employee for a limited time.",
        Door("grant", "app.duties.commands:grant", "Grant an employee a temporary duty."),
        Door(
            "list",
            "app.duties.list_commands:list_duties",
            "List the temporary duties, the one recorded last first.",
        ),
        Door("extend", "app.duties.commands:extend", "Let a temporary duty hold until later."),
        Door("revoke", "app.duties.commands:revoke", "Let a temporary duty end now."),
    ),
    Group(
        "review",
        "Whether each grant is still needed, and what the inventory says still right, asked of who is responsible.",
        Door("start", "app.reviews.commands:start", "Ask about the grants in force, or about the inventory."),
        Door("list", "app.reviews.commands:list_all", "List the access reviews with how far each has come."),
        Door("show", "app.reviews.commands:show", "Show how far a review has come, by whom, and its answers."),
        Door("count", "app.reviews.commands:count", "Count anew how often the grants of a review were used."),
        Door("close", "app.reviews.commands:close", "Close a review: its answers are final; no grant is changed."),
    ),
    Group(
        "official",
        "Who may use the service.",
        Door("add", "app.officials.commands:add", "Let a person use the service."),
        Door("list", "app.officials.list_commands:list_officials", "List who may use the service."),
        Door("disable", "app.officials.commands:disable", "Let an official use the service no longer."),
        Door("role", "app.officials.commands:role", "Give an official roles, or take some.", takes_signs=True),
        Door("limit", "app.officials.commands:limit", "Let an auditor read of named months and sources alone."),
        Door(
            "email",
            "app.officials.address_commands:email",
            "Have an official's notices mailed to another address, or nowhere.",
        ),
        Door("password", "app.officials.commands:password", "Give an official a new password."),
        Door(
            "totp-reset",
            "app.officials.commands:totp_reset",
            "Take away an official's second factor, to be set up anew.",
        ),
        Door(
            "provider",
            "app.officials.provider_commands:provider",
            "Say whether the identity provider can be used, and whom it lets in as what.",
        ),
        Door("token", "app.officials.commands:token", "Make a token for another system; it is printed once."),
    ),
    Door("backup", "app.backup.commands:backup", "Write everything into one file, while the service runs."),
    Door("restore", "app.backup.restore_commands:restore", "Bring back everything of a backup, or nothing."),
    Door("serve", "app.serve:serve", "Run the service: pages for officials, jobs and schedule, until Ctrl-C."),
    Door("work", "app.jobs.commands:do_jobs", "Do jobs beside a running service, until Ctrl-C."),
    Door("watch", "app.watch:watch", "Import the files that are put into the folders of sources, until Ctrl-C."),
    Door(
        "demo",
        "app.demo:demo",
        "Make a sample city, run the whole main job on it, and compare what was planted with what was found.",
    ),
)
