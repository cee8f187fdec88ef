"""What tests of the service's watching itself share: its looks are taken, audited and read."""

from audit.list_findings import FindingsFilter, list_findings
from audit.looks.look_journal import looks_written
from audit.looks.take_looks import take_looks
from audit.run_audit import AuditRequest, run_audit
from audit.views import FindingView
from config.own_source import OWN_SOURCE
from tests.app.service.serving import Service


def findings(service: Service, source: str = "") -> list[FindingView]:
    """Give the findings that stand, of all sources or of one."""
    with service.installation.read() as work:
        return list(list_findings(work.session, FindingsFilter(source=source), now=work.now).findings)


def taken(service: Service) -> int:
    """Take the looks that wait, and say how many there were."""
    return take_looks(service.installation, service.app.state.looks)


def written(service: Service) -> list[dict[str, str]]:
    """Give the looks that are written down and wait."""
    return looks_written(service.installation.settings.data_dir)


def decided(service: Service) -> dict[str, tuple[str, str]]:
    """Audit, and give the verdict and reason of the findings about looks, by whose looks they are."""
    run_audit(service.installation, AuditRequest())
    return {one.who: (one.verdict, one.reason) for one in findings(service, source=OWN_SOURCE)}
