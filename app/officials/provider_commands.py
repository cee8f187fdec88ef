"""The command line's door to the identity provider: whether it can be used, and whom it lets in as what."""

from collections.abc import Iterator

import typer

from config.errors import Conflict
from config.officials.oidc.begun import begin
from config.officials.oidc.faults import RefusedAnswer
from config.officials.oidc.mapping import Mapping
from config.officials.oidc.provider import provider_of
from config.officials.oidc.settings import oidc_of
from config.terminal import say
from config.work import Installation


def provider(context: typer.Context) -> None:
    """Ask the identity provider for its keys as a sign-in does, and say whom the mapping lets in."""
    installation: Installation = context.obj()
    oidc = oidc_of(installation.settings)
    if oidc is None:
        say("There is no identity provider: THIRTEEN_OIDC_ISSUER is not set. Officials sign in with a password.")
        return
    now = installation.clock()
    try:
        provider_of(oidc.client).address(begin("/", now), "https://localhost/sign-in/oidc/answer", now)
    except RefusedAnswer as refused:
        raise Conflict(f"{oidc.client.issuer} cannot be used: {refused.reason}.") from refused
    say(f"{oidc.client.issuer} answers, and its keys can be read. It has to know this service as {oidc.client.id},")
    say("with the address at which people reach it, followed by /sign-in/oidc/answer, to send them back to.")
    for line in _in_words(oidc.mapping):
        say(line)


def _in_words(mapping: Mapping) -> Iterator[str]:
    by_claim = mapping.roles.values.items() if mapping.roles else ()
    for value, roles in by_claim:
        yield f'Whose {mapping.roles.claim if mapping.roles else ""} say "{value}" is {", ".join(roles)}.'
    for person in mapping.people:
        yield f"{person.subject}{f' ({person.login})' if person.login else ''} is {', '.join(person.roles)}."
    yield "Nobody else gets in."
