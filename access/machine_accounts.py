r"""Which accounts are a machine's or the system's by their form alone.

Only a form that no person's login has tells: `svc_backup` is what somebody chose to call an account, and a person may
use it, as one may use `root` or `SYSTEM`. What is told decides nothing; an official says whose an account is.
"""

import re

from config.texts import compare_form

_LONGEST = 300  # no such form is as long
_MADE_BY_WINDOWS = r"(nt authority|nt service|iis apppool|nt virtual machine|window manager|font driver host)\\.+"
_BUILT_IN = r"(\S+\\)?(anonymous logon|local service|network service|localsystem)"
# of the system and its services, of nobody signed in; those of domains (S-1-5-21-…) are people's as well
_WELL_KNOWN_SID = r"s-1-(0-0|5-(7|18|19|20)|5-(80|82|83|90|96)(-\d+)+)"
# In the order in which they are asked; each with what it is that tells.
_FORMS = tuple(
    (re.compile(form), evidence)
    for form, evidence in (
        (_MADE_BY_WINDOWS, "Windows gives names in that domain to the system and its services"),
        (_BUILT_IN, "Windows gives that name to the system or to whoever did not sign in"),
        (_WELL_KNOWN_SID, "Windows gives that number to the system, its services or whoever did not sign in"),
        (r"[^\s$]+\$(@\S+)?", "it ends in $, as accounts of Windows computers and managed services do"),
        (r"(host|http|cifs|ldap|nfs)/[^\s/@]+\.[^\s/@]+(@\S+)?", "it is a Kerberos name of a service on a computer"),
        (
            r"healthmailbox([0-9a-f]{7}|[0-9a-f]{32})(@\S+)?",
            "Exchange gives that name to mailboxes it watches itself by",
        ),
        (r"(msol|aad)_[0-9a-f]{12}", "Microsoft's directory synchronisation gives itself that name"),
        (r"\S+@(\S+\.)?gserviceaccount\.com", "Google gives addresses of that domain to service accounts alone"),
        (r"[a-z0-9.-]+\.amazonaws\.com", "Amazon's services go by names of that domain"),
        (r"(\S*[:/])?awsservicerolefor\w+(/\S+)?", "Amazon gives roles of that name to its services alone"),
        (r"system:(serviceaccount|node|kube-[a-z-]+|anonymous)(:\S+)?", "Kubernetes gives that name to its own parts"),
        (r"(\S*[|\\])?app@sharepoint", "SharePoint gives that name to programs"),
    )
)


def machine_evidence(account: str) -> str:
    """Say what of an account's form tells that it is a machine's or the system's; empty where nothing does."""
    text = compare_form(account[:_LONGEST])
    return next((evidence for form, evidence in _FORMS if form.fullmatch(text)), "")


def machine_in_words(account: str) -> str:
    """Say in a sentence that an account looks like a machine's, and why; empty where it does not."""
    evidence = machine_evidence(account)
    return f"It looks like a machine's or the system's account: {evidence}." if evidence else ""
