"""Every route is walked by every role: who may is let in, and the others are told so."""

from collections.abc import Iterable, Iterator

import pytest
from fastapi.routing import APIRoute

from config.officials.permissions import Role, scope_of
from config.web.signed_in import OfficialWhoMay
from tests.app.service.serving import Service

# what everybody may ask for, signed in or not
_OPEN = {
    *("/health/live", "/health/ready", "/sign-in", "/sign-out", "/.well-known/authzen-configuration"),
    # unless the entity shows it to those alone who are signed in
    *("/inventory/published", "/inventory/published/{number}", "/inventory/published/{number}/workbook"),
    *("/sign-in/oidc", "/sign-in/oidc/answer", "/sign-out/provider"),
    *("/help", "/help/pictures/{name}", "/help/{topic}"),
}
# what everybody who is signed in may ask for
_FOR_ALL = {"/", "/search"}


def _routes(service: Service) -> Iterator[tuple[APIRoute, OfficialWhoMay | None]]:
    for route in _each(service.app.routes):
        if route.path not in _OPEN | _FOR_ALL:
            asked = [one.call for one in route.dependant.dependencies if isinstance(one.call, OfficialWhoMay)]
            yield route, asked[0] if asked else None


def _each(routes: Iterable[object]) -> Iterator[APIRoute]:
    """Give the routes of the application and of the routers that it includes."""
    for route in routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _each(included.routes)
        elif isinstance(route, APIRoute):
            yield route


def _method(route: APIRoute) -> str:
    return min(route.methods or {"GET"})


def test_the_walk_goes_along_every_door(service: Service) -> None:
    walked = {route.path for route, _ in _routes(service)}

    assert {"/admin/officials", "/admin/jobs", "/admin/schedule/{name}", "/api/v1/jobs/{number}"} <= walked


def test_every_route_names_the_act_and_the_thing_that_it_is_for(service: Service) -> None:
    assert [route.path for route, asked in _routes(service) if asked is None] == []


@pytest.mark.parametrize("role", Role)
def test_a_route_lets_in_the_roles_of_the_policy_alone(service: Service, role: Role) -> None:
    browser = service.signed_in(role)
    for route, asked in _routes(service):
        assert asked is not None
        answer = browser.request(_method(route), route.path)
        is_let_in = answer.status_code not in {401, 403}
        assert is_let_in == (scope_of([role], asked.act, asked.thing) is not None), route.path


def test_who_is_signed_out_is_sent_to_the_sign_in_or_told_so(service: Service) -> None:
    browser = service.browser()
    for route, _ in _routes(service):
        answer = browser.request(_method(route), route.path)
        if route.path.startswith(("/api/", "/access/v1/")):
            assert answer.status_code == 401, route.path
        else:
            assert answer.headers["location"].startswith("/sign-in"), route.path
